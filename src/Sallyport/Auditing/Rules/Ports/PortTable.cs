using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Packets;
using static Sallyport.Auditing.FindingSeverity;

namespace Sallyport.Auditing.Rules.Ports;

/// <summary>Which ports belong to which service, and how bad it is when the world may reach them. A new service is one line.</summary>
internal static class PortTable
{
    /// <summary>By number.</summary>
    public static ImmutableArray<RiskyPort> Rows { get; } =
    [
        new(1, "FTP", "tcp/20-21", High, "FTP sends passwords and files in the clear."),
        new(2, "SSH", "tcp/22, tcp/115", High, "Bots guess passwords of every public SSH server around the clock."),
        new(3, "Telnet", "tcp/23", High, "Telnet sends passwords in the clear and is the first port that botnets try."),
        new(4, "SMTP", "tcp/25", High, "A public mail server is tried as an open relay, and its name service tells who reads mail there."),
        new(5, "DNS", "tcp/53, udp/53", High, "An open resolver amplifies attacks on others and answers for internal names."),
        new(6, "POP3 and IMAP", "tcp/110, tcp/143", High, "Both send mailbox passwords in the clear."),
        new(7, "Kerberos", "tcp/88, tcp/464, tcp/749-750, udp/88, udp/464, udp/749-750", High, "Tickets of service accounts can be asked for and cracked at leisure."),
        new(8, "RPC and DCOM", "tcp/135", High, "The endpoint mapper tells which Windows services run, and has been wormable more than once."),
        new(9, "NetBIOS", "tcp/137-139, udp/137-139", High, "NetBIOS tells names, users and shares to whoever asks."),
        new(10, "SNMP", "udp/161", High, "Community strings are guessed easily, and tell the whole configuration."),
        new(11, "LDAP", "tcp/389, tcp/636, udp/389", High, "The directory lists every account; over UDP it also amplifies attacks on others."),
        new(12, "SMB and CIFS", "tcp/139, tcp/445, tcp/3020, udp/445", Critical, "File sharing is how worms such as WannaCry spread."),
        new(13, "SQL Server", "tcp/1433-1434, udp/1434", High, "Databases on the Internet are found within hours, and their passwords guessed."),
        new(14, "SQL Server Analysis Services", "tcp/2382-2383", High, "Analysis servers hold the data of the databases they read."),
        new(15, "Oracle", "tcp/1521-1522, tcp/2483-2484, udp/2484", High, "The listener tells its databases, and their passwords are guessed."),
        new(16, "MySQL and Aurora", "tcp/3306, tcp/4333", High, "Databases on the Internet are found within hours, and their passwords guessed."),
        new(17, "RDP", "tcp/3389, udp/3389", High, "Remote Desktop is the commonest way in for ransomware."),
        new(18, "PostgreSQL", "tcp/5432", High, "Databases on the Internet are found within hours, and their passwords guessed."),
        new(19, "MongoDB", "tcp/27017-27019", High, "Public MongoDB servers have been emptied for ransom by the thousand."),
        new(20, "Redis", "tcp/6379-6380", High, "Redis trusts whoever connects, and lets them write files on the host."),
        new(21, "Memcached", "tcp/11211, tcp/11214-11215, udp/11211, udp/11214-11215", Critical, "One UDP packet is answered with fifty thousand times its size, to whoever it claims to come from."),
        new(22, "Cassandra", "tcp/7000-7001, tcp/7199, tcp/8888, tcp/9042, tcp/9160, tcp/61620-61621", High, "Nodes trust each other without a password, and so whoever connects."),
        new(23, "Elasticsearch and OpenSearch", "tcp/9200, tcp/9300", High, "Without further settings anybody may read and delete every index."),
        new(24, "Kibana and Dashboards", "tcp/5601", High, "The dashboard reads all that its cluster holds."),
        new(25, "Kafka", "tcp/2181, tcp/9092, tcp/9094, tcp/9096", High, "Without further settings anybody may read and write every topic."),
        new(26, "Hadoop", "tcp/8020, tcp/9000, tcp/50070, tcp/50470", High, "Name nodes trust the user name that the client states."),
        new(27, "Docker API", "tcp/2375-2376", Critical, "Whoever reaches the Docker API is root on the host."),
        new(28, "etcd and Kubernetes", "tcp/2379-2380, tcp/6443, tcp/10250", Critical, "These ports hold a cluster's secrets and run its containers."),
        new(29, "Salt", "tcp/4505-4506", High, "The Salt master commands every minion; flaws of it have been exploited within days."),
        new(30, "Puppet", "tcp/8140", High, "The Puppet server hands out the configuration, secrets included, of every host."),
        new(31, "VNC", "tcp/5500, tcp/5800, tcp/5900-5903", High, "VNC passwords have eight characters at most, and many servers have none."),
        new(32, "Development and alternative web servers", "tcp/3000, tcp/5000, tcp/8000, tcp/8080, tcp/8088, tcp/8888, tcp/9090", Medium, "What listens there was often never meant for the public: consoles, notebooks, debuggers."),
        new(33, "HTTP", "tcp/80", Info, "Plain HTTP can be read and changed on the way; a redirect to HTTPS is all that should answer."),
        new(34, "HTTPS", "tcp/443", Info, "A public web server is often what is wanted; the list tells where they are."),
        new(35, "NFS", "tcp/111, tcp/2049, udp/111, udp/2049", High, "Exports trust addresses and user numbers that the client states."),
        new(36, "WinRM", "tcp/5985-5986", High, "Remote management of Windows: one guessed password is a shell."),
        new(37, "IRC", "tcp/194, tcp/6660-6669, tcp/6697, tcp/7000", High, "Servers have no business with IRC; bots have taken orders over it for decades.", AuditParameters.IrcTcp),
        new(38, "Neptune, DocumentDB, Redshift, DAX and MSK", "tcp/5439, tcp/8111, tcp/8182, tcp/9094, tcp/9096, tcp/9098, tcp/9111, tcp/27017", High, "Managed databases and brokers need no public door: whoever guesses a password has the data."),
    ];

    /// <summary>Ports of every row that is worth more than a remark: what no wide block should reach.</summary>
    public static ServiceSet Sensitive { get; } =
        Rows.Where(r => r.Severity > Info).Aggregate(ServiceSet.Empty, (all, row) => all.Union(row.Services));
}
