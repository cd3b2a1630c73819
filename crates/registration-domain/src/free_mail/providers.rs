//! Mailbox providers that take everybody, and internet providers whose customers write from one domain.

/// In canonical form, sorted, with spaces between. Whoever misses one adds it here; a platform need not wait
/// for that, and adds it to its settings.
pub(super) const LIST: &str = "012.net.il 126.com 139.com 163.com 188.com 189.cn 1und1.de 21cn.com 9online.fr a1.net abv.bg addy.io \
    aim.com alice-dsl.de alice-dsl.net alice.de alice.it aliceadsl.fr aliyun.com ameritech.net anonaddy.com \
    anonaddy.me aol.co.uk aol.com aol.de aol.es aol.fr aol.it aon.at arcor.de arnet.com.ar asia.com atlas.cz \
    att.net au.com autograf.pl autorambler.ru azet.sk bahnhof.se bbox.fr belgacom.net bell.net bellsouth.net \
    bigmir.net bigpond.com bigpond.net.au bk.ru bluewin.ch blueyonder.co.uk bol.com.br bredband.net \
    broadpark.no btinternet.com btopenworld.com c2i.net caramail.com caramail.fr casema.nl cegetel.net \
    centrum.cz centrum.sk centurylink.net charter.net cheerful.com chello.at chello.nl citromail.hu \
    ciudad.com.ar clix.pt club-internet.fr cogeco.ca comcast.net comhem.se compuserve.com consultant.com \
    countermail.com cox.net daum.net dir.bg disroot.org docomo.ne.jp dodo.com.au dr.com drei.at duck.com \
    earthlink.net eastlink.ca eircom.net elisanet.fi email.com email.cz email.de email.it embarqmail.com \
    engineer.com europe.com euskalnet.net ewe.net ewetel.net excite.com ezweb.ne.jp fastmail.com fastmail.fm \
    fastmail.net fastwebnet.it fibertel.com.ar forthnet.gr foxmail.com free.fr freemail.gr freemail.hu \
    freenet.de freenetmail.de frisurf.no frontier.com frontiernet.net gawab.com gazeta.pl gbg.bg getmail.no \
    globo.com globomail.com gmail.com gmx.at gmx.biz gmx.ch gmx.co.uk gmx.com gmx.de gmx.es gmx.eu gmx.fr \
    gmx.info gmx.net gmx.org gmx.us googlemail.com hanmail.net hansenet.de hetnet.nl hey.com hispeed.ch \
    hol.gr home.nl home.se hotmail.be hotmail.ca hotmail.ch hotmail.co.jp hotmail.co.kr hotmail.co.nz \
    hotmail.co.th hotmail.co.uk hotmail.com hotmail.com.ar hotmail.com.au hotmail.com.br hotmail.com.mx \
    hotmail.com.tr hotmail.de hotmail.dk hotmail.es hotmail.fi hotmail.fr hotmail.gr hotmail.it hotmail.nl \
    hotmail.no hotmail.se hush.com hushmail.com hushmail.me i.softbank.jp i.ua icloud.com ig.com.br \
    iinet.net.au in.com in.gr iname.com inbox.com inbox.lt inbox.lv inbox.ru indamail.hu indiatimes.com \
    inode.at int.pl interia.eu interia.pl internet.ru internode.on.net inwind.it iol.it iol.pt jubii.dk \
    juno.com kabelbw.de kabelmail.de kakao.com katamail.com keemail.me kolumbus.fi kpnmail.nl kpnplanet.nl \
    laposte.net lenta.ru libero.it list.ru live.at live.be live.ca live.cl live.cn live.co.uk live.co.za \
    live.com live.com.ar live.com.au live.com.mx live.com.pt live.com.sg live.de live.dk live.fi live.fr \
    live.ie live.in live.it live.jp live.nl live.no live.ru live.se liwest.at luukku.com lycos.com mac.com \
    magenta.de mail.be mail.bg mail.co.uk mail.com mail.dk mail.ee mail.pt mail.ru mailbox.org mailfence.com \
    maktoob.com me.com meta.ua mindspring.com movistar.es mozmail.com msn.com mts.net mweb.co.za \
    myrambler.ru myself.com myyahoo.com nate.com naver.com netcabo.pt netcologne.de netscape.net netti.fi \
    netvision.net.il netzero.net neuf.fr nifty.com noos.fr ntlworld.co.uk ntlworld.com numericable.fr \
    o2.co.uk o2.pl o2mail.de o2online.de oi.com.br one.lt onet.eu onet.pl online.de online.no onlinehome.de \
    ono.com op.pl optimum.net optonline.net optusnet.com optusnet.com.au orange.es orange.fr orange.net \
    orcon.net.nz osnanet.de otenet.gr outlook.at outlook.be outlook.cl outlook.co.id outlook.co.il \
    outlook.co.nz outlook.co.th outlook.com outlook.com.ar outlook.com.au outlook.com.br outlook.com.gr \
    outlook.com.pe outlook.com.tr outlook.com.vn outlook.cz outlook.de outlook.dk outlook.es outlook.fr \
    outlook.hu outlook.ie outlook.in outlook.it outlook.jp outlook.kr outlook.lv outlook.my outlook.ph \
    outlook.pt outlook.sa outlook.sg outlook.sk pacbell.net pandora.be passmail.net passport.com planet.nl \
    plus.net plusnet.com pm.me poczta.fm poczta.onet.pl post.com post.cz post.sk posteo.at posteo.ch \
    posteo.de posteo.net privat.dk privaterelay.appleid.com prodigy.net.mx proton.me protonmail.ch \
    protonmail.com proximus.be q.com qq.com quicknet.nl r7.com rambler.ru rediffmail.com riseup.net ro.ru \
    roadrunner.com rocketmail.com rogers.com rr.com runbox.com safe-mail.net sapo.pt sasktel.net \
    saunalahti.fi sbcglobal.net scarlet.be sent.com seznam.cz sfr.fr shaw.ca sify.com simplelogin.co \
    simplelogin.com sina.cn sina.com sky.com skynet.be slingshot.co.nz slmail.me softbank.ne.jp sohu.com \
    spectrum.net speedy.com.ar spray.se startmail.com stofanet.dk suddenlink.net sunrise.ch suomi24.fi \
    supereva.it swbell.net swissonline.ch sympatico.ca t-online.de t-online.hu talk21.com talktalk.net \
    tdcadsl.dk techie.com tele2.at tele2.nl tele2.se telefonica.net telenet.be telfort.nl telia.com \
    telkomsa.net telstra.com telus.net terra.com.br terra.es tim.it tin.it tiscali.co.uk tiscali.it \
    tiscalinet.it tlen.pl tom.com tpg.com.au tuta.com tuta.io tutamail.com tutanota.com tutanota.de twc.com \
    ukr.net unity-mail.de unitybox.de uol.com.br upcmail.nl usa.com utanet.at uwclub.net verizon.net \
    versanet.de videotron.ca vipmail.hu virgilio.it virgin.net virginmedia.com vodafone.de vodafone.es \
    vodafonemail.de vodamail.co.za voila.fr volny.cz voo.be vp.pl vtxmail.ch walla.co.il walla.com \
    wanadoo.fr web.de webmail.co.za webspeed.dk welho.com westnet.com.au windowslive.com windstream.net \
    wo.cn wp.pl writeme.com xs4all.nl xtra.co.nz ya.ru yahoo.at yahoo.be yahoo.ca yahoo.cl yahoo.co.id \
    yahoo.co.il yahoo.co.in yahoo.co.jp yahoo.co.kr yahoo.co.nz yahoo.co.th yahoo.co.uk yahoo.co.za \
    yahoo.com yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.cn yahoo.com.co yahoo.com.hk yahoo.com.mx \
    yahoo.com.my yahoo.com.pe yahoo.com.ph yahoo.com.sg yahoo.com.tr yahoo.com.tw yahoo.com.vn yahoo.cz \
    yahoo.de yahoo.dk yahoo.es yahoo.fi yahoo.fr yahoo.gr yahoo.hu yahoo.ie yahoo.in yahoo.it yahoo.nl \
    yahoo.no yahoo.pl yahoo.pt yahoo.ro yahoo.se yandex.by yandex.com yandex.kz yandex.ru yandex.ua \
    ybb.ne.jp yeah.net ymail.com ziggo.nl zipmail.com.br zoho.com zoho.eu zoho.in zohomail.com zohomail.eu \
    zonnet.nl zoznam.sk";
