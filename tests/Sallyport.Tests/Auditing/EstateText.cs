using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Auditing;
using Sallyport.Connections.Reading;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Patching;

namespace Sallyport.Tests.Auditing;

/// <summary>
/// Small estates as text, the language of <c>RuleGuide</c>'s examples. One statement a line:
/// <code>
/// group web [in vpc-b] [of ACCOUNT] [named "…"] [described "…"] [tag key=value] [template [called]]
///                                          sg-web, named web; "in -" has no VPC; its rules follow, indented
///   ingress tcp/443 from 0.0.0.0/0         a CIDR, a group's name, or pl-…; "any", "icmp/8/-1", "proto/47" …
///   egress any to db [dead] ["why"]        "dead": over a peering that is gone; quoted: the rule's description
///   malformed ingress "the reason"         a rule that could not be understood
/// interface eni-1 web,db 10.1.0.5 2600::5 [public 203.0.113.9] [in subnet-a] [vpc vpc-b] [lb] [type nat_gateway]
///           [requester amazon-rds] [described "…"] [status available] [instance i-1] [of ACCOUNT] [tag key=value]
/// instance i-1 web [tag key=value]         carries groups of its own
/// vpc vpc-a 10.1.0.0/16 … [default] [of ACCOUNT] [tag key=value]       replaces the default VPCs
/// subnet subnet-a 10.1.0.0/24 [vpc vpc-b] [public] [tag key=value]    "public": gives launched instances public addresses
/// list pl-x 10.0.0.0/8 … [max 20] [owner ID] [called NAME]  |  list pl-x unread   |  list pl-x
/// peering pcx-1 vpc-a vpc-b [status deleted]
/// endpoint vpce-1 com.amazonaws.eu-west-1.s3 web [vpc vpc-b] [kind Gateway]
/// flowlog fl-1 vpc-a ALL ["${version} …"] [every 600] [status ACTIVE]
/// noflowlogs                               without it and without a flowlog every VPC has one that records all there is
/// set NAME VALUE                           an audit parameter (EstateText.Options)
/// today 2026-11-21                         the day of the audit (EstateText.Options)
/// connections                              everything below is a connections file (EstateText.Options)
/// terraform                                everything below is Terraform code that declares the groups (EstateText.Options)
/// route subnet-a 0.0.0.0/0 igw-1           a table of its own for the subnet
/// acl subnet-a allow ingress tcp/22 10.0.0.0/8 [number 100]   entries of an ACL of its own for the subnet, numbered in order
/// acl - …                                  an ACL without a subnet;  "acl subnet-a default" makes it the VPC's default one
/// gateway igw-1                            attached to vpc-a
/// publicaccess block-ingress [of ACCOUNT]     block public access of VPCs; not read without a line
/// monitored [of ACCOUNT]                      metric filters, alarms and event rules were read; without it they were not
/// metricfilter NAME LOGGROUP METRIC PATTERN…  the rest of the line is the pattern;  alarm NAME METRIC [silent] [combines NAME]
/// eventrule NAME PATTERN…                     enabled, on the default bus;  trail NAME LOGGROUP [multi] [organization]
/// gap NetworkInterfaces [WHERE] [WHY…]     without WHY nothing failed, the source just holds none
/// </code>
/// Interfaces, VPCs and routes count as read unless a gap says otherwise.
/// </summary>
internal static class EstateText
{
    public const string Account = "111122223333";
    public const string Region = "eu-west-1";

    public static readonly Scope Home = new(Account, Region);

    public static Estate Read(string text) => Read(text, static group => group);

    /// <summary>The estate with each group as <paramref name="change"/> leaves it.</summary>
    public static Estate Read(string text, Func<SecurityGroup, SecurityGroup> change)
    {
        var builder = new EstateBuilder().AddScope(Home);
        var groups = new List<SecurityGroup>();
        var rules = new List<(int Owner, string Text)>();
        var routes = new Dictionary<string, List<Route>>();
        var acls = new Dictionary<string, List<NetworkAclEntry>>();
        var gaps = new List<EstateGap>();
        var vpcs = new List<(string Id, Scope Scope)>();
        var defaultAcls = new HashSet<string>();
        foreach (var line in StatementsOf(text))
        {
            var words = WordsOf(line);
            if (line[0] == ' ')
            {
                rules.Add((groups.Count - 1, line.Trim()));
                continue;
            }

            switch (words[0])
            {
                case "group":
                    groups.Add(Group(words));
                    break;
                case "interface":
                    builder.Add(Interface(words));
                    break;
                case "vpc":
                    vpcs.Add((words[1], ScopeOf(words)));
                    builder.Add(new Vpc(new VpcId(words[1]), ScopeOf(words))
                    {
                        Cidrs = [.. words[2..].Where(w => w.Contains('/', StringComparison.Ordinal)).Select(Cidr.Parse)],
                        IsDefault = words.Contains("default"),
                        Tags = TagsOf(words),
                    });
                    break;
                case "subnet":
                    builder.Add(new Subnet(new SubnetId(words[1]), Home, new VpcId(After(words, "vpc") ?? "vpc-a"))
                    {
                        Cidrs = [.. words[2..].Where(w => w.Contains('/', StringComparison.Ordinal)).Select(Cidr.Parse)],
                        MapPublicIpOnLaunch = words.Contains("public"),
                        Tags = TagsOf(words),
                    });
                    break;
                case "list":
                    builder.Add(new PrefixList(new PrefixListId(words[1]), Home)
                    {
                        Name = After(words, "called") ?? words[1],
                        Owner = After(words, "owner") ?? "",
                        MaxEntries = After(words, "max") is { } max ? int.Parse(max, CultureInfo.InvariantCulture) : null,
                        Entries = words.ElementAtOrDefault(2) == "unread"
                            ? null
                            : [.. words[2..].Where(w => w.Contains('/', StringComparison.Ordinal)).Select(c => new PrefixListEntry(Cidr.Parse(c), ""))],
                    });
                    break;
                case "peering":
                    builder.Add(new Peering(
                        new PeeringId(words[1]), new PeeringEnd(new VpcId(words[2]), Home), new PeeringEnd(new VpcId(words[3]), Home))
                    { Status = After(words, "status") ?? "active" });
                    break;
                case "endpoint":
                    builder.Add(new VpcEndpoint(words[1], Home, new VpcId(After(words, "vpc") ?? "vpc-a"))
                    {
                        Service = words[2],
                        Kind = After(words, "kind") ?? "Interface",
                        State = "available",
                        Groups = [.. words[3].Split(',').Where(g => g != "-").Select(g => new SecurityGroupId($"sg-{g}"))],
                    });
                    break;
                case "instance":
                    builder.Add(new Instance(words[1], Home)
                    {
                        State = "running",
                        Vpc = new VpcId("vpc-a"),
                        Tags = TagsOf(words),
                        Groups = [.. words[2].Split(',').Select(g => new SecurityGroupId($"sg-{g}"))],
                    });
                    break;
                case "flowlog":
                    builder.Add(new FlowLog(words[1], Home, words[2])
                    {
                        TrafficType = words[3],
                        Status = After(words, "status") ?? "ACTIVE",
                        Format = words.FirstOrDefault(w => w.StartsWith("${", StringComparison.Ordinal)) ?? "",
                        MaxAggregationSeconds = int.Parse(After(words, "every") ?? "600", CultureInfo.InvariantCulture),
                    });
                    break;
                case "publicaccess":
                    builder.Add(new PublicAccessBlock(ScopeOf(words), words[1]));
                    break;
                case "monitored":
                    builder.MarkCollected(GapKind.Monitoring, new Scope(words.ElementAtOrDefault(2) ?? Account, Region));
                    break;
                case "metricfilter":
                    builder.Add(new MetricFilter(words[1], Home, words[2]) { Metrics = [new MetricName("Logs", words[3])], Pattern = line.Split(' ', 5)[4] });
                    break;
                case "alarm":
                    builder.Add(new MetricAlarm(words[1], Home) { Metrics = [new MetricName("Logs", words[2])], HasActions = !words.Contains("silent"), Combines = After(words, "combines") is { } part ? [part] : [] });
                    break;
                case "eventrule":
                    builder.Add(new EventRule(words[1], Home) { Pattern = line.Split(' ', 3)[2], IsEnabled = true });
                    break;
                case "trail":
                    builder.Add(new Trail(words[1], Home) { LogGroup = words[2], IsMultiRegion = words.Contains("multi"), IsOrganization = words.Contains("organization") });
                    break;
                case "set" or "today" or "noflowlogs":
                    break;
                case "route":
                    if (!routes.TryGetValue(words[1], out var list)) routes.Add(words[1], list = []);
                    list.Add(new Route { Destination = Cidr.Parse(words[2]), Target = words[3] });
                    break;
                case "acl" when words[2] == "default":
                    defaultAcls.Add(words[1]);
                    acls.TryAdd(words[1], []);
                    break;
                case "acl":
                    if (!acls.TryGetValue(words[1], out var entries)) acls.Add(words[1], entries = []);
                    entries.Add(new NetworkAclEntry(
                        words[3] == "ingress" ? Direction.Ingress : Direction.Egress,
                        After(words, "number") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 100 + entries.Count, words[2] == "allow", Service.Parse(words[4]), Cidr.Parse(words[5])));
                    break;
                case "gateway":
                    builder.Add(new Gateway(words[1], Home, GatewayKind.Internet) { Vpcs = [new VpcId("vpc-a")], State = "available" });
                    break;
                case "gap":
                    var why = string.Join(' ', words.Skip(3));
                    gaps.Add(new EstateGap(Enum.Parse<GapKind>(words[1]), words.ElementAtOrDefault(2) ?? "", why.Length == 0 ? "The source holds none." : why, why.Length > 0));
                    break;
                default:
                    throw new FormatException($"What is \"{line}\"?");
            }
        }

        if (vpcs.Count == 0 && !gaps.Exists(g => g.What == GapKind.Vpcs))
        {
            vpcs.AddRange([("vpc-a", Home), ("vpc-b", Home)]);
            builder.Add(new Vpc(new VpcId("vpc-a"), Home) { Cidrs = [Cidr.Parse("10.1.0.0/16"), Cidr.Parse("2600:1f18::/56")] });
            builder.Add(new Vpc(new VpcId("vpc-b"), Home) { Cidrs = [Cidr.Parse("10.2.0.0/16")] });
        }

        if (!text.Contains("flowlog", StringComparison.Ordinal))
        {
            foreach (var (vpc, scope) in vpcs)
            {
                builder.Add(new FlowLog($"fl-{vpc}", scope, vpc) { TrafficType = "ALL", Status = "ACTIVE", Format = "${interface-id} ${flow-direction} ${tcp-flags} ${pkt-srcaddr}" });
            }
        }

        foreach (var (subnet, table) in routes)
        {
            builder.Add(new RouteTable($"rtb-{subnet}", Home, new VpcId("vpc-a")) { Subnets = [new SubnetId(subnet)], Routes = [.. table] });
        }

        foreach (var (subnet, entries) in acls)
        {
            builder.Add(new NetworkAcl($"acl-{subnet}", Home, new VpcId("vpc-a"))
            {
                Subnets = subnet == "-" ? [] : [new SubnetId(subnet)],
                Entries = [.. entries],
                IsDefault = defaultAcls.Contains(subnet),
            });
        }

        for (var i = 0; i < groups.Count; i++)
        {
            builder.Add(change(groups[i] with
            {
                Rules = [.. rules.Where(r => r.Owner == i && !IsMalformed(r.Text)).Select(r => Rule(r.Text, groups, i))],
                Malformed = [.. rules.Where(r => r.Owner == i && IsMalformed(r.Text)).Select(r => Malformed(r.Text))],
            }));
        }

        foreach (var gap in gaps) builder.Add(gap);
        foreach (var kind in new[] { GapKind.NetworkInterfaces, GapKind.Vpcs, GapKind.Subnets, GapKind.RouteTables, GapKind.NetworkAcls, GapKind.Peerings, GapKind.FlowLogs, GapKind.VpcEndpoints, GapKind.Instances })
        {
            builder.MarkCollected(kind);
        }

        return builder.Build();
    }

    /// <summary>Settings that the text states beside the estate; defaults for what it leaves out.</summary>
    public static AuditOptions Options(string text)
    {
        var options = AuditOptions.Default;
        foreach (var line in StatementsOf(text))
        {
            var words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "today") options = options with { Today = DateOnly.Parse(words[1], CultureInfo.InvariantCulture) };
            if (words[0] != "set") continue;
            Assert.True(options.Parameters.TryWith(words[1], words.ElementAtOrDefault(2) ?? "", out var values, out var problem), problem);
            options = options with { Parameters = values };
        }

        if (text.IndexOf(Coded, StringComparison.Ordinal) is >= 0 and var code) return options with { Code = CodeBench.Read("main.tf", text[(code + Coded.Length)..]) };
        var start = text.StartsWith(Declared, StringComparison.Ordinal) ? 0 : text.IndexOf($"\n{Declared}", StringComparison.Ordinal) + 1;
        if (start == 0 && !text.StartsWith(Declared, StringComparison.Ordinal)) return options;
        var file = ConnectionsReader.Read(text[(start + Declared.Length)..], "connections.yaml");
        Assert.True(file.Value is not null, string.Join("\n", file.Diagnostics));
        return options with { Connections = file.Value };
    }

    private const string Coded = "\nterraform\n";
    private const string Declared = "connections\n";

    private static IEnumerable<string> StatementsOf(string text) => text.Split('\n')
        .Select(l => l.TrimEnd()).TakeWhile(l => l is not ("connections" or "terraform")).Where(l => l.Trim().Length > 0);

    /// <summary>Splits at spaces; double quotes keep them.</summary>
    private static string[] WordsOf(string line) => [.. System.Text.RegularExpressions.Regex.Matches(line, "\"([^\"]*)\"|[^ \"]+")
        .Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Value)];

    private static string? After(string[] words, string key)
    {
        var at = Array.IndexOf(words, key, 2 > words.Length ? 0 : 2);
        return at >= 0 ? words.ElementAtOrDefault(at + 1) : null;
    }

    private static Scope ScopeOf(string[] words) => new(After(words, "of") ?? Account, Region);

    private static Tags TagsOf(string[] words)
    {
        var tags = new List<KeyValuePair<string, string>>();
        for (var i = 2; i + 1 < words.Length; i++)
        {
            if (words[i] == "tag" && words[i + 1].Split('=', 2) is [var key, var value]) tags.Add(new(key, value));
        }

        return Tags.Of(tags);
    }

    private static SecurityGroup Group(string[] words) => new(new SecurityGroupId($"sg-{words[1]}"), ScopeOf(words))
    {
        Name = After(words, "named") ?? words[1],
        Description = After(words, "described") ?? "",
        Vpc = (After(words, "in") ?? "vpc-a") is var vpc && vpc == "-" ? null : new VpcId(vpc),
        Tags = TagsOf(words),
        Code = words.Contains("template") ? new GroupCode(CodeLanguage.CloudFormation, words[1]) { HasName = words.Contains("called") } : null,
    };

    private static bool IsMalformed(string text) => text.StartsWith("malformed ", StringComparison.Ordinal);

    private static MalformedRule Malformed(string text)
    {
        var words = WordsOf(text);
        return new MalformedRule(words[1] == "ingress" ? Direction.Ingress : Direction.Egress, words[2], At: null);
    }

    private static SecurityGroupRule Rule(string text, List<SecurityGroup> groups, int owner)
    {
        var words = WordsOf(text);
        var direction = words[0] == "ingress" ? Direction.Ingress : Direction.Egress;
        var isDead = words.Length > 4 && words[4] == "dead";
        return new SecurityGroupRule(direction, Service.Parse(words[1]), Peer(words[3], groups, owner, isDead))
        {
            Id = new SecurityGroupRuleId($"sgr-{groups[owner].Id.Value[3..]}-{direction.ToString().ToLowerInvariant()}-{words[1]}-{words[3]}"),
            Description = words.Length > (isDead ? 5 : 4) ? words[^1] : "",
        };
    }

    private static Peer Peer(string word, List<SecurityGroup> groups, int owner, bool isDead)
    {
        if (Cidr.TryParse(word, out var cidr)) return new CidrPeer(cidr);
        if (word.StartsWith("pl-", StringComparison.Ordinal)) return new PrefixListPeer(new PrefixListId(word));
        var target = groups.Find(g => g.Id.Value == $"sg-{word}");
        var peer = new GroupPeer(new SecurityGroupId($"sg-{word}")) { Account = target?.Scope.Account };
        if (target is null || target.Vpc == groups[owner].Vpc) return peer;
        return peer with { Vpc = target.Vpc, Peering = new PeeringId("pcx-1"), PeeringStatus = isDead ? "deleted" : "active" };
    }

    private static NetworkInterface Interface(string[] words)
    {
        var addresses = ImmutableArray.CreateBuilder<Address>();
        var prefixes = ImmutableArray.CreateBuilder<Cidr>();
        var nic = new NetworkInterface(new NetworkInterfaceId(words[1]), ScopeOf(words))
        {
            Tags = TagsOf(words),
            Vpc = new VpcId("vpc-a"),
            Status = "in-use",
            Groups = [.. words[2].Split(',').Where(g => g != "-").Select(g => new SecurityGroupId($"sg-{g}")).Order()],
        };
        for (var i = 3; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "public":
                    nic = nic with { PublicAddresses = [new(addresses[0], Address.Parse(words[++i]))] };
                    break;
                case "in":
                    nic = nic with { Subnet = new SubnetId(words[++i]) };
                    break;
                case "vpc":
                    nic = nic with { Vpc = new VpcId(words[++i]) };
                    break;
                case "lb":
                    nic = nic with { RequesterId = "amazon-elb", RequesterManaged = true, Description = "ELB app/front/1" };
                    break;
                case "type":
                    nic = nic with { InterfaceType = words[++i] };
                    break;
                case "requester":
                    nic = nic with { RequesterId = words[++i], RequesterManaged = true };
                    break;
                case "described":
                    nic = nic with { Description = words[++i] };
                    break;
                case "status":
                    nic = nic with { Status = words[++i] };
                    break;
                case "instance":
                    nic = nic with { Instance = words[++i] };
                    break;
                case "of" or "tag":
                    i++;
                    break;
                case var block when block.Contains('/', StringComparison.Ordinal):
                    prefixes.Add(Cidr.Parse(block));
                    break;
                default:
                    addresses.Add(Address.Parse(words[i]));
                    break;
            }
        }

        return nic with { Addresses = addresses.ToImmutable(), Prefixes = prefixes.ToImmutable() };
    }

    /// <summary>Digits of a count, so that generated names sort as their numbers do.</summary>
    public static string Number(int n) => n.ToString("d3", CultureInfo.InvariantCulture);
}
