using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Auditing;

/// <summary>
/// Small estates as text, the language of <c>RuleGuide</c>'s examples. One statement a line:
/// <code>
/// group web [in vpc-b] [of ACCOUNT]        sg-web, named web; its rules follow, indented
///   ingress tcp/443 from 0.0.0.0/0         a CIDR, a group's name, or pl-…; "any", "icmp/8/-1", "proto/47" …
///   egress any to db [dead]                "dead": over a peering that is gone
/// interface eni-1 web,db 10.1.0.5 2600::5 [public 203.0.113.9] [in subnet-a] [vpc vpc-b] [lb]
/// vpc vpc-a 10.1.0.0/16 …                  replaces the default VPCs
/// list pl-x 10.0.0.0/8 …   |  list pl-x unread   |  list pl-x
/// route subnet-a 0.0.0.0/0 igw-1           a table of its own for the subnet
/// acl subnet-a allow ingress tcp/22 10.0.0.0/8   entries of an ACL of its own for the subnet, numbered in order
/// gateway igw-1                            attached to vpc-a
/// gap NetworkInterfaces [WHERE] [WHY…]     without WHY nothing failed, the source just holds none
/// </code>
/// Interfaces, VPCs and routes count as read unless a gap says otherwise.
/// </summary>
internal static class EstateText
{
    public const string Account = "111122223333";
    public const string Region = "eu-west-1";

    public static readonly Scope Home = new(Account, Region);

    public static Estate Read(string text)
    {
        var builder = new EstateBuilder().AddScope(Home);
        var groups = new List<SecurityGroup>();
        var rules = new List<(int Owner, string Text)>();
        var routes = new Dictionary<string, List<Route>>();
        var acls = new Dictionary<string, List<NetworkAclEntry>>();
        var gaps = new List<EstateGap>();
        var hasVpcs = false;
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Trim().Length > 0))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
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
                    hasVpcs = true;
                    builder.Add(new Vpc(new VpcId(words[1]), Home) { Cidrs = [.. words[2..].Select(Cidr.Parse)] });
                    break;
                case "list":
                    builder.Add(new PrefixList(new PrefixListId(words[1]), Home)
                    {
                        Name = words[1],
                        Entries = words.ElementAtOrDefault(2) == "unread" ? null : [.. words[2..].Select(c => new PrefixListEntry(Cidr.Parse(c), ""))],
                    });
                    break;
                case "route":
                    if (!routes.TryGetValue(words[1], out var list)) routes.Add(words[1], list = []);
                    list.Add(new Route { Destination = Cidr.Parse(words[2]), Target = words[3] });
                    break;
                case "acl":
                    if (!acls.TryGetValue(words[1], out var entries)) acls.Add(words[1], entries = []);
                    entries.Add(new NetworkAclEntry(
                        words[3] == "ingress" ? Direction.Ingress : Direction.Egress, 100 + entries.Count, words[2] == "allow", Service.Parse(words[4]), Cidr.Parse(words[5])));
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

        if (!hasVpcs && !gaps.Exists(g => g.What == GapKind.Vpcs))
        {
            builder.Add(new Vpc(new VpcId("vpc-a"), Home) { Cidrs = [Cidr.Parse("10.1.0.0/16"), Cidr.Parse("2600:1f18::/56")] });
            builder.Add(new Vpc(new VpcId("vpc-b"), Home) { Cidrs = [Cidr.Parse("10.2.0.0/16")] });
        }

        foreach (var (subnet, table) in routes)
        {
            builder.Add(new RouteTable($"rtb-{subnet}", Home, new VpcId("vpc-a")) { Subnets = [new SubnetId(subnet)], Routes = [.. table] });
        }

        foreach (var (subnet, entries) in acls)
        {
            builder.Add(new NetworkAcl($"acl-{subnet}", Home, new VpcId("vpc-a")) { Subnets = [new SubnetId(subnet)], Entries = [.. entries] });
        }

        for (var i = 0; i < groups.Count; i++)
        {
            builder.Add(groups[i] with { Rules = [.. rules.Where(r => r.Owner == i).Select(r => Rule(r.Text, groups, i))] });
        }

        foreach (var gap in gaps) builder.Add(gap);
        foreach (var kind in new[] { GapKind.NetworkInterfaces, GapKind.Vpcs, GapKind.Subnets, GapKind.RouteTables, GapKind.NetworkAcls, GapKind.Peerings })
        {
            builder.MarkCollected(kind);
        }

        return builder.Build();
    }

    private static SecurityGroup Group(string[] words)
    {
        var vpc = "vpc-a";
        var account = Account;
        for (var i = 2; i + 1 < words.Length; i += 2)
        {
            if (words[i] == "in") vpc = words[i + 1];
            if (words[i] == "of") account = words[i + 1];
        }

        return new SecurityGroup(new SecurityGroupId($"sg-{words[1]}"), new Scope(account, Region)) { Name = words[1], Vpc = new VpcId(vpc) };
    }

    private static SecurityGroupRule Rule(string text, List<SecurityGroup> groups, int owner)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var direction = words[0] == "ingress" ? Direction.Ingress : Direction.Egress;
        var isDead = words is [_, _, _, _, "dead"];
        return new SecurityGroupRule(direction, Service.Parse(words[1]), Peer(words[3], groups, owner, isDead))
        {
            Id = new SecurityGroupRuleId($"sgr-{groups[owner].Name}-{direction.ToString().ToLowerInvariant()}-{words[1]}-{words[3]}"),
        };
    }

    private static Peer Peer(string word, List<SecurityGroup> groups, int owner, bool isDead)
    {
        if (Cidr.TryParse(word, out var cidr)) return new CidrPeer(cidr);
        if (word.StartsWith("pl-", StringComparison.Ordinal)) return new PrefixListPeer(new PrefixListId(word));
        var target = groups.Find(g => g.Name == word);
        var peer = new GroupPeer(new SecurityGroupId($"sg-{word}")) { Account = target?.Scope.Account };
        if (target is null || target.Vpc == groups[owner].Vpc) return peer;
        return peer with { Vpc = target.Vpc, Peering = new PeeringId("pcx-1"), PeeringStatus = isDead ? "deleted" : "active" };
    }

    private static NetworkInterface Interface(string[] words)
    {
        var addresses = ImmutableArray.CreateBuilder<Address>();
        var prefixes = ImmutableArray.CreateBuilder<Cidr>();
        var nic = new NetworkInterface(new NetworkInterfaceId(words[1]), Home)
        {
            Vpc = new VpcId("vpc-a"),
            Status = "in-use",
            Groups = [.. words[2].Split(',').Select(g => new SecurityGroupId($"sg-{g}")).Order()],
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
