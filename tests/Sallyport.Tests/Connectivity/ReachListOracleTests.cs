using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connectivity;

/// <summary>Lists, the matrix of groups, witnesses and the address book against brute force.</summary>
public sealed class ReachListOracleTests
{
    [Fact]
    public void A_list_names_exactly_the_interfaces_that_some_packet_connects() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var (estate, model, probe, random) = Start(draft);
        var (lister, groups) = (new ReachLister(model), new EndGroups(model, probe, random));
        for (var i = 0; i < 4; i++)
        {
            var set = groups.Any();
            if (set.Members.Length > 60) continue;
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                var list = direction == Direction.Ingress ? lister.SourcesOf(set.Set) : lister.TargetsOf(set.Set);
                var listed = list.Interfaces.ToDictionary(r => r.Interface.Id);
                foreach (var nic in estate.NetworkInterfaces)
                {
                    var self = new EndGroup(model.OfInterface(nic), probe.Held.Where(e => e.Interface!.Id == nic.Id));
                    var brute = direction == Direction.Ingress ? BruteReach.Between(estate, probe, self, set, null) : BruteReach.Between(estate, probe, set, self, null);
                    var (allowed, unknown) = listed.TryGetValue(nic.Id, out var found) ? (found.Allowed, found.Unknown) : (ServiceSet.Empty, ServiceSet.Empty);
                    Assert.True(brute.Some.Equals(allowed), $"{direction} of {set.Set.Name}, {nic.Id}: {allowed} instead of {brute.Some}");
                    Assert.True(brute.SomePossible.Subtract(brute.Some).Equals(unknown), $"{direction} of {set.Set.Name}, {nic.Id}: unknown {unknown} instead of {brute.SomePossible.Subtract(brute.Some)}");
                }
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hops_are_the_shortest_ways_from_interface_to_interface() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var (estate, model, _, random) = Start(draft);
        if (estate.NetworkInterfaces.IsEmpty) return;
        var (reacher, first) = (new Reacher(model), estate.NetworkInterfaces[random.Next(estate.NetworkInterfaces.Length)]);
        var hops = new Dictionary<NetworkInterfaceId, int> { [first.Id] = 0 };
        for (var hop = 1; hop <= 3; hop++)
        {
            foreach (var from in estate.NetworkInterfaces.Where(n => hops.TryGetValue(n.Id, out var at) && at == hop - 1).ToList())
            {
                foreach (var to in estate.NetworkInterfaces.Where(n => !hops.ContainsKey(n.Id)))
                {
                    var answer = reacher.Ask(new ReachQuestion(model.OfInterface(from), model.OfInterface(to)));
                    if (answer.NoPair is null && !answer.Allowed.IsEmpty) hops[to.Id] = hop;
                }
            }
        }

        var listed = new ReachLister(model).TargetsOf(model.OfInterface(first), hops: 3).Interfaces.Where(r => !r.Allowed.IsEmpty).ToDictionary(r => r.Interface.Id, r => r.Hop);
        hops.Remove(first.Id);
        Assert.Equal(hops.OrderBy(h => h.Key), listed.OrderBy(h => h.Key));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_matrix_has_every_pair_of_groups_that_open_to_each_other() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var (estate, model, probe, _) = Start(draft);
        var pairs = new GroupMatrix(model).Pairs().ToDictionary(p => (p.From, p.To), p => p.Services);
        foreach (var from in estate.SecurityGroups)
        {
            foreach (var to in estate.SecurityGroups)
            {
                var expected = Between(estate, probe, from, to);
                Assert.True(expected.Equals(pairs.GetValueOrDefault((from.Id, to.Id), ServiceSet.Empty)), $"{from.Id} to {to.Id}: {pairs.GetValueOrDefault((from.Id, to.Id))} instead of {expected}");
            }
        }
    }).QuickCheckThrowOnFailure();

    /// <summary>R7 for questions: a witness is a packet that the oracle judges alike.</summary>
    [Fact]
    public void Every_witness_stands_before_the_oracle() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var (estate, model, probe, random) = Start(draft);
        var (oracle, finder, reacher, groups) = (new ReachOracle(estate), new WitnessFinder(model), new Reacher(model), new EndGroups(model, probe, random));
        for (var i = 0; i < 20; i++)
        {
            var (from, to) = (groups.Any(), groups.Any());
            var question = new ReachQuestion(from.Set, to.Set);
            var answer = reacher.Ask(question);
            var isSymbolic = answer.Basis == AnswerBasis.Symbolic;
            if (finder.FindAllowed(question, answer.Allowed) is { } allowed) Assert.Equal(Verdict.Allowed, Judged(allowed));
            else Assert.True(answer.Allowed.IsEmpty || isSymbolic, $"no packet shows {answer.Allowed} from {from.Set.Name} to {to.Set.Name}");
            var stopped = answer.Allowed.Union(answer.Unknown).Complement();
            if (answer.NoPair is null && finder.FindDenied(question, stopped) is { } denied) Assert.True(Judged(denied) is Verdict.DeniedAtEgress or Verdict.DeniedAtIngress, denied.ToString());
            else Assert.True(answer.NoPair is not null || stopped.IsEmpty || isSymbolic, $"no packet shows that {stopped} is shut from {from.Set.Name} to {to.Set.Name}");
        }

        Verdict Judged(Witness witness)
        {
            var (protocol, a, b) = ConnectivityProbe.HeaderAt(witness.Point);
            return oracle.Judge(witness.From, witness.To, protocol, a, b);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_address_book_knows_every_holder() => Prop.ForAll(ConnectivityEstateGenerator.Drafts, draft =>
    {
        var (estate, model, probe, _) = Start(draft);
        foreach (var address in probe.Addresses)
        {
            var holders = estate.NetworkInterfaces.Where(n => n.Addresses.Contains(address) || n.Prefixes.Any(p => RuleOracle.InBlock(p, address))).Select(n => n.Id);
            Assert.Equal(holders, model.Addresses.HoldersOf(address).Select(n => n.Id));
            var associated = estate.NetworkInterfaces.Where(n => n.PublicAddresses.Any(p => p.Value == address)).Select(n => n.Id).ToList();
            Assert.Equal(associated.Count > 0, model.Addresses.HolderOfPublic(address) is { Interface: { } nic } && associated.Contains(nic.Id));
        }
    }).QuickCheckThrowOnFailure();

    private static (Estate Estate, ConnectivityModel Model, ConnectivityProbe Probe, Random Random) Start(ConnectivityDraft draft)
    {
        var estate = draft.Build();
        return (estate, ConnectivityModel.Of(estate), new ConnectivityProbe(estate), new Random(draft.Seed));
    }

    // What the rules of the one group open towards some member of the other, both ways, from some member of the first. The two
    // members may be one interface: what passes between two others counts for both groups it carries.
    private static ServiceSet Between(Estate estate, ConnectivityProbe probe, SecurityGroup from, SecurityGroup to)
    {
        var (sources, targets) = (Members(from), Members(to));
        if (sources.Count == 0 || targets.Count == 0 || (sources.Count == 1 && targets.Count == 1 && sources[0].Id == targets[0].Id)) return ServiceSet.Empty;
        var oracle = new ReachOracle(estate);
        var points = probe.Points.Where(p => new[] { IpFamily.V4, IpFamily.V6 }.Any(f =>
            Opens(Direction.Egress, from, sources, targets, f, p) && Opens(Direction.Ingress, to, targets, sources, f, p))).ToHashSet();
        return ServiceSet.FromIntervals(probe.Points.Select((p, i) => new Sallyport.Packets.Interval(p, i + 1 < probe.Points.Length ? probe.Points[i + 1] - 1 : ServiceLine.Length - 1)).Where(i => points.Contains(i.First)));

        List<NetworkInterface> Members(SecurityGroup group) => [.. estate.NetworkInterfaces.Where(n => n.Groups.Contains(group.Id) && (n.Addresses.Length > 0 || n.Prefixes.Length > 0))];

        bool Opens(Direction direction, SecurityGroup near, List<NetworkInterface> own, List<NetworkInterface> others, IpFamily family, int point) =>
            own.Any(o => At(o, family).Any(a => others.Any(f => At(f, family).Any(b => Says(direction, near, o, a, f, b, point)))));

        IEnumerable<Address> At(NetworkInterface nic, IpFamily family) => probe.At(nic).Where(a => a.Family == family);

        bool Says(Direction direction, SecurityGroup group, NetworkInterface near, Address nearAddress, NetworkInterface far, Address farAddress, int point)
        {
            var (protocol, a, b) = ConnectivityProbe.HeaderAt(point);
            var (here, there) = (Endpoint.Of(near with { Id = new("eni-near"), Groups = [group.Id] }, nearAddress), Endpoint.Of(far, farAddress));
            return (direction == Direction.Egress ? oracle.Side(direction, here, there, protocol, a, b) : oracle.Side(direction, there, here, protocol, a, b)) == true;
        }
    }
}
