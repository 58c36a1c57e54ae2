-- The clock's two tables: working calendars and filing conditions. Both only grow: a change is a new version with its reason, and
-- a promise made by an earlier one keeps it.

-- A year of the working calendar; the highest version is in force. A year without a row stops every count that reaches it.
create table calendars (
  year      integer not null check (year between 2000 and 2100),
  version   integer not null check (version > 0),
  kind      text not null check (kind in ('notice', 'provisional')),
  off       date[] not null, -- weekdays off
  work      date[] not null, -- week-end days worked (调休)
  hours     jsonb not null check (jsonb_typeof(hours) = 'array'), -- of a working day: [[8, 12], [14, 18]]
  reason    text not null check (length(reason) between 1 and 500),
  saved_by  integer references accounts, -- null: came with the program
  saved_at  timestamptz not null default now(),
  primary key (year, version)
);
insert into calendars (year, version, kind, off, work, hours, reason) values
  (2025, 1, 'notice',
    '{2025-01-01,2025-01-28,2025-01-29,2025-01-30,2025-01-31,2025-02-03,2025-02-04,2025-04-04,2025-05-01,2025-05-02,2025-05-05,
      2025-06-02,2025-10-01,2025-10-02,2025-10-03,2025-10-06,2025-10-07,2025-10-08}',
    '{2025-01-26,2025-02-08,2025-04-27,2025-09-28,2025-10-11}',
    '[[8, 12], [14, 18]]', '国务院办公厅关于2025年部分节假日安排的通知（2024-11-12）'),
  (2026, 1, 'notice',
    '{2026-01-01,2026-01-02,2026-02-16,2026-02-17,2026-02-18,2026-02-19,2026-02-20,2026-02-23,2026-04-06,2026-05-01,2026-05-04,
      2026-05-05,2026-06-19,2026-09-25,2026-10-01,2026-10-02,2026-10-05,2026-10-06,2026-10-07}',
    '{2026-01-04,2026-02-14,2026-02-28,2026-05-09,2026-09-20,2026-10-10}',
    '[[8, 12], [14, 18]]', '国务院办公厅关于2026年部分节假日安排的通知（2025-11-04）');

-- What is found decides the limit: a class has a row for each condition under which it is filed. The first is assumed until
-- filing. A row is never changed but for its end; exactly one is in force for each condition.
create table conditions (
  id            integer generated always as identity primary key,
  category      text not null references categories,
  ordinal       integer not null check (ordinal between 1 and 99),
  version       integer not null default 1 check (version > 0),
  text_zh       text not null check (length(text_zh) between 1 and 200),
  text_en       text not null check (length(text_en) between 1 and 200),
  closing_zh    text not null check (length(closing_zh) between 1 and 200),
  closing_en    text not null check (length(closing_en) between 1 and 200),
  limit_amount  integer not null check (limit_amount between 1 and 1000),
  limit_unit    text not null check (limit_unit in ('uh', 'ud', 'wh', 'wd')),
  counting      text not null default 'elapsed' check (counting in ('elapsed', 'next_day')),
  urgency       text not null check (urgency in ('urgent', 'fast', 'normal', 'long')),
  amber_share   double precision not null default 0.5 check (amber_share between 0.01 and 0.99), -- of the limit, left when the light turns
  near_m        integer not null default 50 check (near_m between 0 and 5000), -- likely the same case within these
  near_hours    integer not null default 24 check (near_hours between 0 and 8760),
  proof         text not null check (proof in ('none', 'photo')),
  reason        text not null default '初始' check (length(reason) between 1 and 500),
  saved_by      integer references accounts, -- null: came with the program
  saved_at      timestamptz not null default now(),
  retired_at    timestamptz,
  unique (category, ordinal, version),
  check (counting = 'elapsed' or limit_unit in ('ud', 'wd')) -- whole days are counted in days
);
create unique index conditions_in_force on conditions (category, ordinal) where retired_at is null;

-- Requests add versions and end them; nobody rewrites one.
revoke update, delete on calendars, conditions from wangge_app;
grant update (retired_at) on conditions to wangge_app;

-- Limits follow the Yuncheng norm, those of G classes are proposals; the words are ours. Physical classes (01 to 06) want a photo.
insert into conditions (category, ordinal, limit_amount, limit_unit, urgency, near_m, text_zh, text_en, closing_zh, closing_en, proof)
select v.*, case when category like 'G%' then 'none' else 'photo' end from (values
  ('01-01', 1, 2, 'ud', 'urgent', 50, '正在搭建', 'Being built', '已停止搭建', 'Building has stopped'),
  ('01-01', 2, 15, 'wd', 'long', 50, '已经建成', 'Standing', '已拆除，现场清理完毕', 'Demolished, site cleared'),
  ('01-02', 1, 1, 'ud', 'urgent', 50, '店面装修未见许可', 'Refit under way, no permit shown', '已补齐手续，或已停工恢复', 'Papers shown, or work undone'),
  ('01-03', 1, 1, 'wd', 'normal', 50, '可移动的坡道、垫板', 'Movable ramp or plate', '已移除', 'Removed'),
  ('01-03', 2, 3, 'wd', 'normal', 50, '固定的坡道', 'Fixed ramp', '已拆除，路缘恢复', 'Removed, kerb restored'),
  ('01-04', 1, 1, 'wd', 'normal', 50, '乱写乱画', 'Scrawls', '已清除或覆盖', 'Cleaned off or painted over'),
  ('01-04', 2, 3, 'wd', 'normal', 50, '墙面剥落、油污', 'Peeling or oil stains', '已清洗或修补', 'Cleaned or repaired'),
  ('01-05', 1, 2, 'wd', 'normal', 50, '阳台、屋顶堆物杂乱', 'Clutter seen from the street', '已清理整齐', 'Cleared and tidy'),
  ('01-07', 1, 2, 'uh', 'urgent', 50, '街面晾晒、吊挂', 'Laundry hung in the street', '已收走', 'Taken away'),
  ('01-08', 1, 4, 'wh', 'fast', 50, '飞线充电', 'Charging by a wire from a window', '电线已拆除', 'Wire removed'),
  ('01-08', 2, 5, 'wd', 'long', 50, '擅自架设管线', 'Lines strung without permission', '已拆除或规整', 'Removed or put in order'),
  ('01-10', 1, 4, 'wh', 'fast', 50, '垃圾裸露、散落', 'Rubbish lies open', '已清运，地面干净', 'Cleared, ground clean'),
  ('01-11', 1, 5, 'wd', 'long', 50, '渣土、垃圾长期堆积', 'Rubble or rubbish piled for long', '已清运', 'Cleared away'),
  ('01-12', 1, 2, 'wh', 'fast', 50, '路面积泥、污渍、垃圾', 'Mud, stains or litter on the road', '路面干净', 'Road clean'),
  ('01-13', 1, 5, 'wd', 'long', 50, '破损0.5平方米以上、裂缝1米以上或高差3厘米以上', 'Damage of 0.5 m², a crack of 1 m or a drop of 3 cm', '已修复平整', 'Repaired and level'),
  ('01-14', 1, 4, 'wh', 'fast', 50, '车辆遗撒', 'Load spilt by a vehicle', '已清理', 'Cleared'),
  ('01-17', 1, 4, 'wh', 'fast', 50, '绿地内有垃圾杂物', 'Litter in the green', '已清理', 'Cleared'),
  ('01-20', 1, 2, 'uh', 'urgent', 200, '正在焚烧', 'Burning', '已熄灭，余烬清理', 'Put out, ashes cleared'),
  ('01-21', 1, 3, 'wd', 'normal', 50, '树木有明显病虫害', 'Trees visibly diseased or infested', '已防治', 'Treated'),
  ('01-22', 1, 1, 'uh', 'urgent', 50, '正在砍伐', 'Being felled', '已制止', 'Stopped'),
  ('01-22', 2, 3, 'wd', 'normal', 50, '已经砍伐', 'Felled', '已补植或恢复', 'Replanted or restored'),
  ('01-25', 1, 2, 'wd', 'normal', 100, '水面有漂浮物', 'Floating rubbish', '已打捞', 'Taken out'),
  ('01-26', 1, 2, 'wd', 'normal', 200, '河水变色、有异味或有人倾倒', 'Discoloured or smelling water, or dumping', '污染源已切断，水体已处理', 'Source cut off, water treated'),
  ('01-28', 1, 2, 'uh', 'urgent', 100, '商户音响等噪音扰民', 'Noise from a shop', '已停止或降低', 'Stopped or lowered'),
  ('01-29', 1, 2, 'uh', 'urgent', 50, '露天烧烤', 'Barbecue in the open', '已停止，现场清理', 'Stopped, place cleaned'),
  ('01-30', 1, 2, 'wd', 'normal', 100, '污水排到地面或雨水管', 'Waste water on the ground or into a storm drain', '已停止排放，地面清理', 'Stopped, ground cleaned'),
  ('01-30', 2, 1, 'wd', 'normal', 100, '污水直排明沟', 'Waste water into an open ditch', '已停止排放，沟渠清理', 'Stopped, ditch cleaned'),
  ('01-31', 1, 4, 'wh', 'fast', 50, '餐厨垃圾、油污洒漏', 'Kitchen waste or grease spilt', '已清理', 'Cleaned'),
  ('01-36', 1, 1, 'wd', 'normal', 50, '公共场地堆放物料', 'Goods piled on public ground', '已清走', 'Taken away'),
  ('01-37', 1, 4, 'wh', 'fast', 50, '发现动物尸体', 'A carcass was found', '已收运，地面消毒', 'Removed, ground disinfected'),
  ('01-38', 1, 1, 'wd', 'normal', 50, '城区饲养家禽家畜', 'Poultry or livestock kept in town', '已清走', 'Taken away'),
  ('01-84', 1, 1, 'wd', 'normal', 50, '无证养犬、遛犬不牵绳、犬只扰民', 'Dog without licence or lead, or a nuisance', '已查处、改正', 'Dealt with and put right'),
  ('01-91', 1, 2, 'wh', 'fast', 50, '占用、踩踏或毁坏绿地', 'Green taken, trampled or destroyed', '已停止并恢复', 'Stopped and restored'),
  ('01-92', 1, 4, 'wh', 'fast', 50, '垃圾桶满溢', 'Bin overflows', '已清运', 'Emptied'),
  ('01-93', 1, 2, 'wd', 'normal', 50, '垃圾混投混装', 'Waste thrown in unsorted', '已分类、改正', 'Sorted and put right'),
  ('01-96', 1, 2, 'wd', 'normal', 20, '公共车位私装地桩、地锁', 'Post or lock on a public parking place', '已拆除', 'Removed'),
  ('01-98', 1, 2, 'ud', 'urgent', 50, '正在建造', 'Being built', '已停建', 'Building has stopped'),
  ('01-98', 2, 15, 'wd', 'long', 50, '已经建成', 'Standing', '已拆除或依法处理', 'Demolished or settled by law'),
  ('02-01', 1, 1, 'wd', 'normal', 20, '张贴、喷涂小广告', 'Stickers or sprayed adverts', '已清除', 'Removed'),
  ('02-03', 1, 1, 'wd', 'normal', 50, '灯箱、立牌等小型广告', 'Light boxes and stands', '已移除', 'Removed'),
  ('02-03', 2, 5, 'wd', 'long', 50, '墙体、楼顶等大型广告', 'On walls and roofs', '已拆除', 'Taken down'),
  ('02-07', 1, 1, 'wd', 'normal', 50, '未经许可悬挂横幅、摆放宣传品', 'Banner or display without permit', '已撤除', 'Removed'),
  ('03-01', 1, 2, 'uh', 'urgent', 150, '夜间或午间施工噪音', 'Building noise at night or noon', '已停止', 'Stopped'),
  ('03-02', 1, 1, 'wd', 'normal', 50, '施工占用道路', 'A site takes up the road', '道路已让出', 'Road clear'),
  ('03-03', 1, 1, 'wd', 'normal', 50, '无许可挖掘道路', 'Road dug up without permit', '已停止并恢复，或手续齐全', 'Stopped and restored, or permitted'),
  ('03-04', 1, 2, 'wh', 'fast', 150, '工地扬尘、裸土未覆盖', 'Dust, or bare soil uncovered', '已覆盖、喷淋，无扬尘', 'Covered or sprayed, no dust'),
  ('03-05', 1, 2, 'wd', 'normal', 50, '施工废料未清', 'Building waste left behind', '已清运', 'Cleared away'),
  ('03-07', 1, 1, 'wd', 'normal', 50, '围挡破损、倾倒', 'Fence damaged or fallen', '已修复', 'Repaired'),
  ('03-07', 2, 3, 'wd', 'normal', 50, '未设围挡或不合标准', 'No fence, or not to standard', '已按标准设置', 'Put up to standard'),
  ('04-01', 1, 2, 'uh', 'urgent', 50, '流动摊贩', 'Hawkers', '已离开，地面干净', 'Gone, ground clean'),
  ('04-05', 1, 2, 'uh', 'urgent', 50, '店外摆放经营', 'Trading outside the shop', '已收回店内', 'Back inside'),
  ('04-06', 1, 2, 'uh', 'urgent', 50, '占用道路经营', 'Trading on the road', '道路已让出', 'Road clear'),
  ('04-10', 1, 2, 'wh', 'fast', 20, '非机动车乱停乱放', 'Bicycles or e-bikes in the way', '已摆放整齐', 'Put in order'),
  ('04-93', 1, 2, 'wh', 'fast', 20, '共享单车乱停', 'Shared bikes in the way', '已摆放整齐', 'Put in order'),
  ('04-93', 2, 1, 'wd', 'normal', 20, '共享单车损坏、废弃', 'Shared bikes broken or abandoned', '已收走', 'Collected'),
  ('04-96', 1, 2, 'wh', 'fast', 50, '消防通道被占', 'Fire lane blocked', '已畅通', 'Clear'),
  ('04-98', 1, 2, 'wd', 'normal', 50, '市场内秩序、卫生不合要求', 'Disorder or dirt in the market', '已整改', 'Put right'),
  ('05-01', 1, 1, 'uh', 'urgent', 200, '管道破裂跑水', 'Main burst, water running', '已止水', 'Water stopped'),
  ('05-01', 2, 5, 'wd', 'long', 200, '已止水，路面待恢复', 'Water stopped, road still open', '路面已恢复', 'Road restored'),
  ('05-02', 1, 1, 'uh', 'urgent', 100, '燃气泄漏', 'Gas escapes', '险情已排除', 'Made safe'),
  ('05-02', 2, 5, 'wd', 'long', 100, '险情已排除，路面待恢复', 'Safe, road still open', '路面已恢复', 'Road restored'),
  ('05-03', 1, 4, 'wh', 'fast', 50, '排水堵塞、冒溢', 'Drain blocked or overflowing', '已疏通，地面清理', 'Cleared, ground cleaned'),
  ('05-03', 2, 1, 'uh', 'urgent', 50, '管道破裂并有塌陷', 'Drain burst with a collapse', '已围挡警示，险情受控', 'Fenced, signed and under control'),
  ('05-04', 1, 1, 'uh', 'urgent', 100, '热力管道破裂', 'Heating pipe burst', '已关断、围挡', 'Shut off and fenced'),
  ('05-04', 2, 5, 'wd', 'long', 100, '已关断，管道路面待修', 'Shut off, pipe and road to be mended', '已修复', 'Repaired'),
  ('05-05', 1, 2, 'uh', 'urgent', 50, '路面塌陷', 'Road has collapsed', '已围挡并设警示', 'Fenced and signed'),
  ('05-06', 1, 2, 'uh', 'urgent', 200, '积水100平方米以上且深15厘米以上', 'Over 100 m² and 15 cm deep', '积水已排除', 'Drained'),
  ('05-07', 1, 4, 'wh', 'fast', 200, '路面积雪、结冰', 'Snow or ice on the road', '已清除或撒布防滑料', 'Cleared or gritted'),
  ('05-08', 1, 2, 'wh', 'fast', 50, '线缆脱落、下垂', 'Cables fallen or hanging', '已固定或拆除', 'Fastened or removed'),
  ('05-96', 1, 2, 'uh', 'urgent', 50, '外墙、物品有坠落危险或已坠落', 'Things fall or may fall from above', '已隔离并排除危险', 'Cordoned off and made safe'),
  ('06-04', 1, 4, 'wh', 'fast', 20, '门前卫生、秩序等责任未落实', 'Duties before the shop not done', '已改正', 'Put right'),
  ('G2-01', 1, 2, 'uh', 'urgent', 50, '发现治安线索', 'A public-security lead', '已移交派出所并有回执', 'Handed to the police, receipt held'),
  ('G2-02', 1, 4, 'wh', 'fast', 50, '可当场整改的消防隐患', 'Fire hazard that can be removed at once', '隐患已消除', 'Hazard removed'),
  ('G2-02', 2, 3, 'wd', 'normal', 50, '需要施工整改的消防隐患', 'Fire hazard that needs works', '整改完成，复查通过', 'Works done, checked'),
  ('G2-03', 1, 1, 'wd', 'fast', 50, '发现隐患，待移交', 'A hazard was found', '已移交应急部门，有临时措施', 'Handed to emergency management, guarded meanwhile'),
  ('G2-03', 2, 5, 'wd', 'long', 50, '需要整改', 'Has to be put right', '整改完成，复查通过', 'Put right, checked'),
  ('G2-04', 1, 1, 'wd', 'normal', 50, '食品药品问题线索', 'A food or drug lead', '已查处或移交', 'Dealt with or handed over'),
  ('G2-05', 1, 3, 'wd', 'normal', 50, '出租房、群租有安全隐患', 'Hazard in a rented or crowded home', '整改完成，回看无反弹', 'Put right, still so at the second look'),
  ('G2-06', 1, 2, 'uh', 'urgent', 100, '房屋、边坡或燃气有险情', 'House, slope or gas is dangerous', '人员已撤离或险情受控', 'People out, or danger under control'),
  ('G2-07', 1, 1, 'wd', 'normal', 100, '校园周边秩序、安全问题', 'Disorder or danger near a school', '已处理', 'Dealt with'),
  ('G3', 1, 5, 'wd', 'long', 50, '群众提出民生诉求', 'A resident asks for a service', '已办理并答复', 'Done and answered'),
  ('G4', 1, 2, 'wd', 'normal', 50, '需要上门服务或帮扶', 'Somebody needs a visit or help', '已上门，需求已对接', 'Visited, need taken up'),
  ('G5', 1, 5, 'wd', 'long', 50, '意见、建议', 'An opinion or suggestion', '已研究并答复', 'Considered and answered'),
  ('G6', 1, 1, 'uh', 'urgent', 200, '突发事件', 'An emergency', '已上报并按预案处置', 'Reported, handled by the plan'),
  ('G7', 1, 2, 'uh', 'urgent', 200, '秸秆焚烧、河道环境问题', 'Straw burning, or harm to a river', '已制止、清理', 'Stopped and cleared'),
  ('G8', 1, 1, 'wd', 'normal', 50, '发现欠薪或劳资苗头', 'Signs of unpaid wages', '已核实并移交劳动部门', 'Verified, handed to the labour office'),
  ('G9', 1, 5, 'wd', 'long', 50, '其他需要处理的事项', 'Anything else to be dealt with', '已处理并答复', 'Dealt with and answered')
) as v (category, ordinal, limit_amount, limit_unit, urgency, near_m, text_zh, text_en, closing_zh, closing_en);
