-- Dispute files (矛盾纠纷): parties, sessions, documents, revisits, and the wall around them. What people said and who they are
-- stands here encrypted by the server (`v1.key.bytes`), so that neither a dump nor a query tells it.

-- Classes of GB/T 31000-2015. Those that are not enabled take no new file; the guarded ones are the director's alone.
create table dispute_classes (
  code     text primary key check (code ~ '^[0-9]{2}$'),
  name_zh  text not null,
  name_en  text not null,
  guarded  boolean not null default false,
  enabled  boolean not null default true
);
insert into dispute_classes (code, name_zh, name_en) values
  ('01', '婚恋家庭', 'Marriage and family'), ('02', '邻里', 'Neighbours'), ('03', '人格权', 'Personality rights'),
  ('04', '物权', 'Property'), ('05', '侵权', 'Tort'), ('06', '合同', 'Contract'), ('07', '劳动人事', 'Labour'),
  ('08', '金融借贷', 'Finance and lending'), ('09', '土地及资源权属', 'Land and resources'),
  ('10', '其他民商事', 'Other civil matters'), ('11', '城乡建设发展', 'Urban and rural building'),
  ('12', '涉民政', 'Civil affairs'), ('13', '其他行政执法', 'Administrative enforcement');
insert into dispute_classes (code, name_zh, name_en, guarded, enabled) values
  ('14', '涉法涉诉', 'Litigation', true, false), ('15', '涉组织纪检', 'Party discipline', true, false),
  ('16', '涉民族宗教', 'Ethnic and religious matters', true, false);

create table dispute_subclasses (
  class    text not null references dispute_classes,
  code     text not null check (code ~ '^[0-9]{2}$'),
  name_zh  text not null,
  name_en  text not null,
  primary key (class, code)
);
insert into dispute_subclasses (class, code, name_zh, name_en) values
  ('01', '01', '恋爱婚姻', 'Courtship and marriage'), ('01', '02', '抚养赡养监护', 'Support and guardianship'),
  ('01', '03', '分家继承', 'Household division and inheritance'),
  ('02', '01', '用水排水通行通风采光', 'Water, passage, air and light'), ('02', '02', '相邻土地建筑', 'Adjoining land and buildings'),
  ('02', '03', '相邻污染', 'Pollution between neighbours'),
  ('03', '01', '姓名肖像', 'Name and portrait'), ('03', '02', '名誉隐私', 'Reputation and privacy'),
  ('03', '03', '身体健康自由', 'Body, health and freedom'),
  ('04', '01', '财物返还损害', 'Return of and damage to things'), ('04', '02', '物业管理', 'Property management'),
  ('04', '03', '不动产登记', 'Registration of real estate'),
  ('05', '01', '教育机构', 'Schools'), ('05', '02', '医疗', 'Medical care'), ('05', '03', '交通事故', 'Traffic accidents'),
  ('05', '04', '环境污染', 'Pollution'), ('05', '05', '产品', 'Products'), ('05', '06', '网络', 'Internet'),
  ('05', '07', '劳务', 'Service work'),
  ('06', '01', '消费服务', 'Consumer services'), ('06', '02', '房产买卖租赁', 'Sale and lease of homes'),
  ('06', '03', '交易', 'Trade'), ('06', '04', '运输仓储', 'Transport and storage'),
  ('07', '01', '合同派遣', 'Contracts and dispatched labour'), ('07', '02', '社保', 'Social insurance'),
  ('07', '03', '福利', 'Benefits'), ('07', '04', '人事', 'Personnel'),
  ('08', '01', '证券', 'Securities'), ('08', '02', '理财', 'Wealth products'), ('08', '03', '保险', 'Insurance'),
  ('08', '04', '借贷担保', 'Loans and guarantees'),
  ('09', '01', '土地承包', 'Contracted land'), ('09', '02', '宅基地', 'House plots'), ('09', '03', '山林矿产', 'Woods and minerals'),
  ('09', '04', '水域水利', 'Waters'),
  ('10', '01', '知识产权', 'Intellectual property'), ('10', '02', '公司', 'Companies'), ('10', '03', '海事', 'Maritime matters'),
  ('10', '04', '竞争', 'Competition'), ('10', '05', '票据', 'Bills'), ('10', '06', '不当得利', 'Unjust enrichment'),
  ('11', '01', '房屋征收', 'Taking of houses'), ('11', '02', '集体土地征用', 'Taking of collective land'),
  ('11', '03', '规划拆违', 'Planning and illegal building'), ('11', '04', '市政市容', 'Public works and street order'),
  ('11', '05', '移民', 'Resettlement'),
  ('12', '01', '村(社区)选举管理', 'Village and community elections'), ('12', '02', '优抚救助', 'Relief and assistance'),
  ('12', '03', '区划边界', 'Boundaries of districts'),
  ('13', '01', '城管', 'City management'), ('13', '02', '教育文体', 'Education, culture and sport'),
  ('13', '03', '工商税务', 'Trade and tax'), ('13', '04', '安全生产', 'Work safety'), ('13', '05', '交通', 'Traffic'),
  ('13', '06', '海事', 'Shipping'), ('13', '07', '计生', 'Family planning');
insert into dispute_subclasses (class, code, name_zh, name_en) select code, '99', '其他', 'Other' from dispute_classes;

alter table disputes
  add constraint disputes_class foreign key (class) references dispute_classes,
  add column subclass        text not null default '99',
  add constraint disputes_subclass foreign key (class, subclass) references dispute_subclasses,
  add column scale           text not null default '01' check (scale in ('01', '02', '03')), -- individual, general group, major group
  add column people          integer not null default 2 check (people between 1 and 1000000),
  add column signs           text[] not null default '{}'
    check (signs <@ array['violence', 'police', 'weapon', 'minor', 'rounds']),
  add column risk            text not null default 'blue' check (risk in ('blue', 'yellow', 'orange', 'red')),
  add column source          text not null default 'application' check (source in ('application', 'checking', 'referral', 'hotline')),
  add column status          text not null default 'registered' check (status in
    ('registered', 'mediating', 'agreed', 'performed', 'referred', 'failed', 'archived')),
  add column summary         text check (summary ~ '^v1\.'), -- encrypted; null in rows of before this migration
  add column place           text check (place ~ '^v1\.'), -- encrypted
  add column mediator_id     integer references accounts,
  add column referred_to     text check (referred_to in ('administrative', 'arbitration', 'court', 'police', 'department')),
  add column first_due_at    timestamptz, -- the first session is due; null once it was held, or when none will be
  add column due_at          timestamptz, -- one month after registration, later by consent
  add column extended_at     timestamptz, -- both sides agreed to more time
  add column agreement       text check (agreement in ('written', 'oral')),
  add column effective_on    date check ((effective_on is null) = (agreement is null)),
  add column perform_by      date,
  add column confirmation    text check (confirmation in ('asked', 'declined')), -- of the agreement, by the court
  add column outcome         text check (outcome in ('performed', 'failed', 'referred')),
  add column next_due_at     timestamptz, -- the earliest promise that still stands
  add column version         integer not null default 1;
update disputes set due_at = registered_at + interval '30 days',
  next_due_at = case when closed_at is null then registered_at + interval '30 days' end,
  status = case when closed_at is null then 'mediating' else 'archived' end,
  outcome = case when closed_at is not null then 'performed' end;
alter table disputes
  alter column due_at set not null,
  add constraint disputes_ended check ((closed_at is not null) = (status in ('performed', 'referred', 'failed', 'archived'))),
  add constraint disputes_outcome check ((outcome is not null) = (closed_at is not null));
create index disputes_registered on disputes (registered_at desc, id desc);
create index disputes_due on disputes (next_due_at, id) where next_due_at is not null;
create index disputes_mediator on disputes (mediator_id) where mediator_id is not null;

create table dispute_parties (
  dispute_id    integer not null references disputes,
  n             smallint not null check (n > 0),
  part          text not null check (part in ('applicant', 'respondent', 'other')),
  name          text not null check (name ~ '^v1\.'), -- encrypted
  name_masked   text not null check (length(name_masked) between 1 and 3),
  phone         text check (phone ~ '^v1\.'), -- encrypted
  phone_masked  text check (phone_masked ~ '^[0-9]{0,3}\*+[0-9]{0,4}$' and (phone is null) = (phone_masked is null)),
  primary key (dispute_id, n)
);

create table dispute_sessions (
  dispute_id   integer not null references disputes,
  n            smallint not null check (n > 0),
  at           timestamptz not null,
  mediator_id  integer references accounts,
  note         text check (note ~ '^v1\.'), -- encrypted
  outcome      text not null check (outcome in ('progress', 'agreed', 'broken', 'absent')),
  primary key (dispute_id, n)
);

-- The nine forms of a file (一案一档).
create table dispute_documents (
  dispute_id  integer not null references disputes,
  n           smallint not null check (n > 0),
  kind        text not null check (kind in ('application', 'notice', 'identity', 'inquiry', 'mediation', 'agreement',
    'performance', 'revisit', 'confirmation')),
  day         date not null,
  note        text check (note ~ '^v1\.'), -- encrypted
  primary key (dispute_id, n)
);

create table dispute_revisits (
  dispute_id  integer not null references disputes,
  n           smallint not null check (n > 0),
  due_at      timestamptz not null,
  done_at     timestamptz,
  outcome     text check (outcome in ('settled', 'unsettled', 'unreachable')),
  note        text check (note ~ '^v1\.'), -- encrypted
  check ((done_at is null) = (outcome is null)),
  primary key (dispute_id, n)
);

create table dispute_risks (
  dispute_id  integer not null references disputes,
  n           smallint not null check (n > 0),
  at          timestamptz not null,
  account_id  integer references accounts,
  risk        text not null check (risk in ('blue', 'yellow', 'orange', 'red')),
  proposed    text not null check (proposed in ('blue', 'yellow', 'orange', 'red')),
  reason      text check (reason ~ '^v1\.'), -- encrypted
  primary key (dispute_id, n)
);

-- All that others may know: how many, where, since when.
create view dispute_counts as select grid_id, registered_at, closed_at from disputes;

-- Whether the acting account has one of the roles, wherever.
create function acts_as(roles text[]) returns boolean language sql stable as $$
  select exists (
    select from duties d join accounts a on a.id = d.account_id and a.active
    where d.account_id = acting_account() and d.role = any (roles))
$$;

-- The grids for which the acting account has one of the roles: what acts_in says of each, asked once in a query and not once
-- in a row.
create function acting_grids(roles text[]) returns integer[] language sql stable as $$
  select array(
    select g.id from grids g
    where exists (
      select from duties d join accounts a on a.id = d.account_id and a.active
      where d.account_id = acting_account() and d.role = any (roles) and d.unit is null
        and (d.community is null and d.grids is null or g.id = any (d.grids) or d.community = g.community)))
$$;

-- The wall: the director sees all; shift lead and mediator what lies within their duty and is not guarded; a mediator besides
-- what carries his name. The owner of the tables, who seeds and counts, is not bound.
alter table disputes enable row level security;
create policy disputes_sight on disputes using (
  grid_id = any ((select acting_grids('{director}'))::integer[])
  or class < '14' and (
    grid_id = any ((select acting_grids('{shift-lead,mediator}'))::integer[])
    or mediator_id = (select acting_account()) and (select acts_as('{mediator}'))));

-- What belongs to a file is seen by whoever sees the file: the policy above binds the inner query too.
alter table dispute_parties enable row level security;
alter table dispute_sessions enable row level security;
alter table dispute_documents enable row level security;
alter table dispute_revisits enable row level security;
alter table dispute_risks enable row level security;
create policy dispute_parties_sight on dispute_parties using (exists (select from disputes where id = dispute_id));
create policy dispute_sessions_sight on dispute_sessions using (exists (select from disputes where id = dispute_id));
create policy dispute_documents_sight on dispute_documents using (exists (select from disputes where id = dispute_id));
create policy dispute_revisits_sight on dispute_revisits using (exists (select from disputes where id = dispute_id));
create policy dispute_risks_sight on dispute_risks using (exists (select from disputes where id = dispute_id));

alter table dispute_classes enable row level security;
create policy dispute_classes_read on dispute_classes for select using (true);
create policy dispute_classes_switch on dispute_classes for update using ((select acts_as('{director}')));

-- A file is never taken apart: nobody behind the wall deletes, and what was entered stays as it was.
revoke delete on disputes, dispute_parties, dispute_sessions, dispute_documents, dispute_revisits, dispute_risks from wangge_app;
revoke update on dispute_parties, dispute_sessions, dispute_documents, dispute_risks from wangge_app;
revoke insert, update, delete on dispute_counts, dispute_subclasses from wangge_app;
revoke insert, delete on dispute_classes from wangge_app;
