using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connectivity;

/// <summary>Laws of the groups' layer that need no oracle. (reference: reachability-and-synthesis §9)</summary>
public sealed class ReachLawTests
{
    private static readonly ImmutableArray<Direction> Directions = [Direction.Ingress, Direction.Egress];

    /// <summary>R8.</summary>
    [Fact]
    public void Another_rule_never_shrinks_what_gets_through() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        if (draft.Groups.IsEmpty) return;
        var owner = draft.Seed % draft.Groups.Length;
        var rule = ConnectivityEstateGenerator.RuleFor(draft, draft.Groups[owner], draft.Seed);
        var more = draft with { Groups = draft.Groups.SetItem(owner, draft.Groups[owner] with { Rules = draft.Groups[owner].Rules.Add(rule) }) };
        AssertSides(draft, more, (before, after, words) =>
        {
            Assert.True(before.Allowed.IsSubsetOf(after.Allowed), $"{words}: {rule.Key} takes away {before.Allowed.Subtract(after.Allowed)}");
            Assert.True(before.Possible.IsSubsetOf(after.Possible), $"{words}: {rule.Key} rules out {before.Possible.Subtract(after.Possible)}");
        });
    }).QuickCheckThrowOnFailure();

    /// <summary>R8, the other half: one more group on an interface.</summary>
    [Fact]
    public void Another_group_on_an_interface_never_shrinks_its_own_sides() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        // A first group begins to filter, so there must be one.
        var nics = draft.Interfaces.Where(n => !n.Groups.IsEmpty).ToList();
        if (draft.Groups.IsEmpty || nics.Count == 0) return;
        var (nic, group) = (nics[draft.Seed % nics.Count], draft.Groups[draft.Seed % draft.Groups.Length].Id);
        var more = draft with { Interfaces = draft.Interfaces.Replace(nic, nic with { Groups = [.. nic.Groups.Append(group).Distinct().Order()] }) };
        AssertSides(draft, more, (before, after, words) =>
        {
            Assert.True(before.Allowed.IsSubsetOf(after.Allowed), $"{words}: {group} on {nic.Id} takes away {before.Allowed.Subtract(after.Allowed)}");
        });
    }).QuickCheckThrowOnFailure();

    /// <summary>R9: a packet gets through exactly when both sides let it, and without the rules of either side it does not.</summary>
    [Fact]
    public void Either_half_taken_away_closes_a_flow_unless_another_rule_opens_it() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var estate = draft.Build();
        var (model, packets) = (ConnectivityModel.Of(estate), new PacketSource(estate, draft.Seed));
        var looked = 0;
        foreach (var (from, to, point) in packets.Take(2_000))
        {
            var verdict = model.Judge(from, to, point);
            var (egress, ingress) = (model.Side(Direction.Egress, from, to), model.Side(Direction.Ingress, from, to));
            Assert.Equal(egress.Allowed.Contains(point) && ingress.Allowed.Contains(point), verdict == Verdict.Allowed);
            if (verdict != Verdict.Allowed || looked == 5 || from.Interface?.Id == to.Interface?.Id) continue;
            looked++;
            AssertHalves(draft, from, to, point);
        }
    }).QuickCheckThrowOnFailure();

    /// <summary>R13.</summary>
    [Fact]
    public void Rules_of_IPv6_change_nothing_for_IPv4() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var six = new[] { "::/0", "2001:db8:a::/56", "fd00::/8" }.SelectMany(c => Directions.Select(d => new SecurityGroupRule(d, Service.Any, new CidrPeer(Cidr.Parse(c)))))
            .Append(new SecurityGroupRule(Direction.Egress, Service.Any, new PrefixListPeer(EstateGenerator.ListV6))).ToList();
        if (draft.Lists.All(l => l.Family != IpFamily.V6 || l.Entries is null)) six.RemoveAt(six.Count - 1);
        var more = draft with { Groups = [.. draft.Groups.Select(g => g with { Rules = [.. g.Rules.Concat(six).DistinctBy(r => r.Key)] })] };
        AssertSides(draft, more, IpFamily.V4, (before, after, words) => Assert.True(before == after, words));
    }).QuickCheckThrowOnFailure();

    /// <summary>R14: whatever a rule names and nobody read, where it could match it is unknown at least.</summary>
    [Fact]
    public void What_a_rule_names_and_nobody_read_is_never_silently_shut() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var estate = draft.Build();
        var (model, probe) = (ConnectivityModel.Of(estate), new ConnectivityProbe(estate));
        foreach (var near in probe.Held.DistinctBy(e => (e.Interface!.Id, e.Address.Family)))
        {
            foreach (var id in near.Interface!.Groups)
            {
                var group = estate.SecurityGroups.FirstOrDefault(g => g.Id == id);
                foreach (var far in probe.Outside.Where(o => o.Address.Family == near.Address.Family).Take(40).Concat(probe.Held.Where(h => h.Interface!.Id != near.Interface.Id && h.Address.Family == near.Address.Family)))
                {
                    foreach (var direction in Directions)
                    {
                        var side = direction == Direction.Egress ? model.Side(direction, near, far) : model.Side(direction, far, near);
                        if (group is null) Assert.True(side.Possible.IsAny, $"{near.Interface.Id} carries {id}, which was not read");
                        foreach (var rule in group?.RulesOf(direction) ?? [])
                        {
                            var isUnread = rule.Peer is PrefixListPeer list && !estate.PrefixLists.Any(l => l.Id == list.PrefixList && l.Entries is not null);
                            if (isUnread) Assert.True(ServiceSet.Of(rule.Service).IsSubsetOf(side.Possible), $"{near} and {far}: {rule.Key} of {id} names an unread list");
                        }
                    }
                }
            }
        }
    }).QuickCheckThrowOnFailure();

    /// <summary>R10: other ids and another order give the same answers.</summary>
    [Fact]
    public void Names_and_order_decide_nothing() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var (estate, other) = (draft.Build(), new TurnedDraft(draft).Draft.Build());
        var (model, turnedModel, packets) = (ConnectivityModel.Of(estate), ConnectivityModel.Of(other), new PacketSource(estate, draft.Seed));
        foreach (var (from, to, point) in packets.Take(500))
        {
            Assert.Equal(model.Judge(from, to, point), turnedModel.Judge(TurnedDraft.EndIn(other, from), TurnedDraft.EndIn(other, to), point));
        }
    }).QuickCheckThrowOnFailure();

    private static void AssertHalves(ConnectivityDraft draft, Endpoint from, Endpoint to, int point)
    {
        var (protocol, a, b) = ConnectivityProbe.HeaderAt(point);
        foreach (var (direction, near) in new[] { (Direction.Egress, from), (Direction.Ingress, to) })
        {
            if (near.Interface is not { Groups.IsEmpty: false } nic) continue;
            var groups = draft.Groups.Select(g => nic.Groups.Contains(g.Id)
                ? g with { Rules = [.. g.Rules.Where(r => r.Direction != direction || !RuleOracle.MatchesService(r.Service, protocol, a, b))] } : g);
            var without = (draft with { Groups = [.. groups] }).Build();
            var left = ConnectivityModel.Of(without).Judge(from, to, point);

            // What is served to everybody needs no rule; and a group of the interface that was not read may still allow it.
            if (new ReachOracle(without).Side(direction, from, to, protocol, a, b) == true) continue;
            Assert.NotEqual(Verdict.Allowed, left);
            foreach (var rule in draft.Groups.Where(g => nic.Groups.Contains(g.Id)).SelectMany(g => g.RulesOf(direction)).Take(6)) AssertOne(draft, rule, from, to, point);
        }
    }

    private static void AssertOne(ConnectivityDraft draft, SecurityGroupRule rule, Endpoint from, Endpoint to, int point)
    {
        var estate = (draft with { Groups = [.. draft.Groups.Select(g => g with { Rules = g.Rules.Remove(rule) })] }).Build();
        var (protocol, a, b) = ConnectivityProbe.HeaderAt(point);
        Assert.Equal(new ReachOracle(estate).Judge(from, to, protocol, a, b), ConnectivityModel.Of(estate).Judge(from, to, point));
    }

    private static void AssertSides(ConnectivityDraft draft, ConnectivityDraft other, Action<Passage, Passage, string> check) => AssertSides(draft, other, null, check);

    private static void AssertSides(ConnectivityDraft draft, ConnectivityDraft other, IpFamily? family, Action<Passage, Passage, string> check)
    {
        var estate = draft.Build();
        var (before, after) = (ConnectivityModel.Of(estate), ConnectivityModel.Of(other.Build()));
        foreach (var (from, to, _) in new PacketSource(estate, draft.Seed).Take(200).Where(p => family is null || p.From.Address.Family == family))
        {
            foreach (var direction in Directions) check(before.Side(direction, from, to), after.Side(direction, from, to), $"{direction} of {from} to {to}");
        }
    }
}
