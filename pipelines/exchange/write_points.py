"""The places where state becomes durable, by name: a test kills the process at each of them.

A name stands for the call itself; `reach` is asked before and after it. A call with an undeclared name is refused,
and a declared name that no test ever killed fails the suite, so this list is the truth about what can be torn apart.
"""

WRITE_POINTS: dict[str, str] = {
    "ledger.commit": "台帳への取引の確定（状態の唯一の確定点）",
    "ledger.format": "台帳の作成・書式の移行の確定",
    "ledger.snapshot.fsync": "読取用の写しを書き終えたとき",
    "ledger.snapshot.replace": "読取用の写しの差替え",
    "ledger.rekey.fsync": "台帳を新しい鍵で書き直し終えたとき",
    "ledger.rekey.replace": "台帳を新しい鍵で書き直したものを置くとき",
    "ledger.rekey.remove": "古い鍵の台帳を消すとき",
    "inbox.decision.write": "署名済みの決定ファイルを受信箱に置いたとき",
    "inbox.decision.remove": "受け付けた決定ファイルを受信箱から消すとき",
    "staging.replace": "封をした発送データを、決裁を待つ場所へ移すとき",
    "outbox.file.write": "発送ファイルの書出し",
    "outbox.signature.write": "目録の署名の書出し",
    "outbox.manifest.write": "目録の書出し（発送の唯一の確定点）",
    "handover.file.write": "部署のフォルダへの引渡しファイルの書出し",
    "handover.manifest.write": "引渡しの目録の書出し（引渡しの唯一の確定点）",
    "inbox.remove": "取込みと保管を終えたファイルを受信箱から消すとき",
    "inbox.note.remove": "その送付書を受信箱から消すとき",
    "operations.append": "運用記録への1行の追記",
    "keys.write": "鍵ファイルの作成・更新",
    "keys.public.write": "公開鍵ファイルの作成・更新",
    "vault.commit": "個人番号保管庫への取引の確定",
    "vault.rekey.fsync": "個人番号保管庫を新しい鍵で書き直し終えたとき",
    "vault.rekey.replace": "個人番号保管庫を新しい鍵で書き直したものへの差替え",
    "sealed.fsync": "封をしたファイルを書き終えたとき",
    "sealed.replace": "封をしたファイル（保管用・受領者あて）の書出し",
    "analysis.fsync": "分析用データベースを書き終えたとき",
    "analysis.replace": "分析用データベースの差替え",
    "audit.append": "監査記録の追記",
    "audit.checkpoint": "監査記録の署名済み確認点の追記",
}
