using System.Collections.Immutable;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Planning;

namespace Sallyport.Cli.Tests.Crash;

/// <summary>
/// A small estate and a declaration whose plan has some thirty steps of every kind: a ring of groups that is opened, described,
/// tagged and tightened; a group full to the quota whose rules are swapped in place; one that must free room first. Three more
/// groups are not the plan's business: two that the declaration does not name and one that it only reads.
/// </summary>
internal static class ThirtySteps
{
    public static readonly Scope Scope = new("111122223333", "eu-west-1");

    private const int Ring = 4;
    private const int RulesPerGroup = 5;
    private static readonly VpcId Vpc = new("vpc-0000000000000c0de");
    private static readonly SecurityGroupId Full = Id(10);
    private static readonly SecurityGroupId Tight = Id(11);
    private static readonly SecurityGroupId ReadOnly = Id(20);

    public static Estate Estate { get; } = Build();

    public static DesiredRules Desired { get; } = Declare();

    public static Plan Plan { get; } = new Planner().Plan(Estate, Desired).Value!;

    /// <summary>Groups on which nothing may ever change.</summary>
    public static ImmutableArray<SecurityGroupId> Foreign { get; } = [ReadOnly, Id(21), Id(22)];

    /// <summary>Groups of the plan.</summary>
    public static ImmutableArray<SecurityGroupId> Managed { get; } = [.. Enumerable.Range(1, Ring).Select(Id), Full, Tight];

    /// <summary>The rules a group shall end with, said without the planner.</summary>
    public static IEnumerable<RuleKey> EndOf(SecurityGroup group) =>
        Managed.Contains(group.Id) ? Desired.Rules.Where(r => r.Group == group.Id).Select(r => r.Key) : group.Rules.Select(r => r.Key);

    public static SecurityGroupRule Rule(string direction, string service, string cidr, string description = "by hand") =>
        new(direction == "ingress" ? Direction.Ingress : Direction.Egress, Service.Parse(service), new CidrPeer(Cidr.Parse(cidr))) { Description = description };

    private static SecurityGroupId Id(int number) => new($"sg-{number:x17}");

    private static Estate Build()
    {
        var builder = new EstateBuilder().Add(new Vpc(Vpc, Scope) { Cidrs = [Cidr.Parse("10.0.0.0/8")] });
        for (var n = 1; n <= Ring; n++)
        {
            Add(
                Id(n),
                Rule("ingress", "tcp/22", "10.1.0.0/16", "old words [ssh]") with { Tags = Tags.None.With(OwnershipTag.Key, "ssh").With("Name", "kept") },
                Rule("ingress", "tcp/80-90", "10.0.0.0/8"),
                Rule("egress", "any", "0.0.0.0/0", "default") with { Tags = Tags.None.With("Name", $"open {n}") });
        }

        Add(Full, [.. Enumerable.Range(1, RulesPerGroup).Select(n => Rule("ingress", $"tcp/{n}000-{n}010", "10.0.0.0/8", $"full {n}"))]);
        Add(Tight, [.. Enumerable.Range(1, RulesPerGroup).Select(n => Rule("egress", $"udp/{n}000-{n}010", "fd00::/8", $"tight {n}"))]);
        Add(ReadOnly, Rule("ingress", "tcp/5432", "10.0.0.0/8"));
        Add(Id(21), Rule("ingress", "tcp/22", "0.0.0.0/0"), Rule("egress", "any", "::/0"), new SecurityGroupRule(Direction.Ingress, Service.Tcp(443), new GroupPeer(Id(1))));
        Add(Id(22));
        return builder.Build();

        void Add(SecurityGroupId id, params SecurityGroupRule[] rules) => builder.Add(new SecurityGroup(id, Scope)
        {
            Name = $"group-{id.Value[^2..]}",
            Description = "a group of the crash tests",
            Vpc = Vpc,
            Rules = [.. rules.Select((r, n) => r with { Id = new SecurityGroupRuleId($"sgr-{id.Value[^2..]}{n + 1:x15}"), Tags = r.Tags ?? Tags.None }).OrderBy(r => r.Key)],
        });
    }

    private static DesiredRules Declare()
    {
        var rules = new List<DesiredRule>();
        for (var n = 1; n <= Ring; n++)
        {
            var (id, next) = (Id(n), Id((n % Ring) + 1));
            rules.Add(new(id, new(Direction.Egress, Service.Tcp(443), new GroupPeer(next)), "why [ring]", ["ring"]));
            ImmutableArray<string> owners = n % 2 == 0 ? ["ring"] : ["other", "ring"];
            rules.Add(new(next, new(Direction.Ingress, Service.Tcp(443), new GroupPeer(id)), "why [ring]", owners));

            // Part of what goes: revoked before this is there, wanted traffic would be cut.
            rules.Add(new(next, Rule("ingress", "tcp/80-85", "10.0.0.0/8").Key, "narrower [ring]", owners));
            rules.Add(new(id, Rule("ingress", "tcp/22", "10.1.0.0/16").Key, "new words [ssh]", n % 2 == 0 ? ["ssh"] : ["admin", "ssh"]));
        }

        for (var n = 1; n <= RulesPerGroup; n++)
        {
            // Each shares half of its ports with the rule that goes, and the group is full: only a swap in place keeps the bound.
            rules.Add(new(Full, Rule("ingress", $"tcp/{n}005-{n}015", "10.0.0.0/8").Key, $"swapped [full-{n % 2}]", [$"full-{n % 2}"]));
        }

        // Nothing shared with what goes: room is made first. Two owners: the tags follow in calls of their own.
        rules.Add(new(Tight, Rule("egress", "tcp/443", "fd00:1::/32").Key, "web [tight-web]", ["tight-web"]));
        rules.Add(new(Tight, Rule("egress", "tcp/636", "fd00:2::/32").Key, "ldap [tight-ldap]", ["tight-ldap"]));
        return new DesiredRules
        {
            Rules = [.. rules.OrderBy(r => r.Group).ThenBy(r => r.Key)],
            Groups = [.. Enumerable.Range(1, Ring).Select(Id).Append(Full).Append(Tight).Select(id => new ManagedGroup($"g{id.Value[^2..]}", id, Scope, IsReadOnly: false)), new ManagedGroup("read", ReadOnly, Scope, IsReadOnly: true)],
            RulesPerGroup = RulesPerGroup,
        };
    }
}
