using Sallyport.Connectivity.Differences;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Auditing;

namespace Sallyport.Tests.Connectivity.Differences;

/// <summary>What a reader is told about a change, case by case; <see cref="DiffLawTests"/> holds that it is exact.</summary>
public sealed class SemanticDiffTests
{
    private const string Tiers = """
        group web
          ingress tcp/443 from 0.0.0.0/0
          egress tcp/5432 to db
        group db
          ingress tcp/5432 from web
        interface eni-1 web 10.1.0.10
        interface eni-2 web 10.1.0.11
        interface eni-3 db 10.1.0.20
        """;

    [Fact]
    public void One_rule_that_opens_a_port_to_the_world_widens_and_is_named()
    {
        var report = Diff(Tiers, Tiers + "\n", "web", "  ingress tcp/22 from 0.0.0.0/0");
        Assert.Equal(DiffRelation.Widens, report.Relation);
        Assert.Equal(DiffRelation.Widens, report.LatentRelation);
        var box = Assert.Single(report.Added);
        Assert.Equal("0.0.0.0/0 -> web (sg-web): tcp/22", Text(box));
        Assert.Equal("192.0.2.0", box.Witness!.From.ToString());
        Assert.Equal("eni-1", box.Witness.To.Interface!.Id.Value);
        Assert.Equal(22, box.Witness.Port);
        var cause = Assert.Single(box.Because);
        Assert.Equal(DiffInput.Rules, cause.Input);
        Assert.Equal("sgr-web-ingress-tcp/22-0.0.0.0/0", cause.Rule!.Value.Value);
        Assert.Equal("sg-web ingress tcp/22 from 0.0.0.0/0", cause.Text);
        Assert.False(cause.IsCombined);
        Assert.Equal(new DiffSummary { InterfacesOpenedToInternet = 2, TextualChanges = 1, RulesAdded = 1 }, report.Summary);
        Assert.Empty(report.Removed);
    }

    [Fact]
    public void A_pair_of_groups_is_opened_by_both_halves_together()
    {
        var report = Between(Tiers, Tiers.Replace("tcp/5432", "tcp/5432-5433", StringComparison.Ordinal));
        var box = Assert.Single(report.Added);
        Assert.Equal("web (sg-web) -> db (sg-db): tcp/5433", Text(box));
        Assert.Equal(["sg-web egress tcp/5432-5433 to sg-db", "sg-db ingress tcp/5432-5433 from sg-web"], box.Because.Select(c => c.Text));
        Assert.Equal(0, report.Summary.NewGroupPairs);
        Assert.Equal(1, Between(Tiers.Replace("egress tcp/5432 to db", "egress tcp/1 to db", StringComparison.Ordinal), Tiers).Summary.NewGroupPairs);
    }

    [Fact]
    public void Half_a_pair_changes_no_flow_and_is_told_as_latent()
    {
        var report = Diff(Tiers, Tiers, "db", "  ingress tcp/22 from web");
        Assert.Equal(DiffRelation.Equal, report.Relation);
        Assert.True(report.IsEqual);
        Assert.Equal(DiffRelation.Widens, report.LatentRelation);
        Assert.Equal("web (sg-web) -> db (sg-db): tcp/22", Text(Assert.Single(report.LatentAdded)));
        Assert.Equal("sg-db ingress tcp/22 from sg-web", Assert.Single(report.LatentAdded[0].Because).Text);
    }

    [Fact]
    public void Rules_written_otherwise_are_equal_and_counted()
    {
        var report = Between(Tiers, Tiers.Replace("  ingress tcp/443 from 0.0.0.0/0", "  ingress tcp/443 from 0.0.0.0/1\n  ingress tcp/443 from 128.0.0.0/1", StringComparison.Ordinal));
        Assert.True(report.IsEqual);
        Assert.Equal(DiffRelation.Equal, report.LatentRelation);
        Assert.Equal(3, report.Summary.TextualChanges);
    }

    [Fact]
    public void A_replaced_interface_is_the_same_end()
    {
        Assert.True(Between(Tiers, Tiers.Replace("eni-3", "eni-9", StringComparison.Ordinal)).IsEqual);
        Assert.True(Between(Tiers, Tiers.Replace("eni-1", "eni-8", StringComparison.Ordinal)).IsEqual);
    }

    [Fact]
    public void A_new_interface_adds_its_flows_and_a_lost_one_takes_them()
    {
        var more = Tiers + "\ninterface eni-4 db 10.1.0.21";
        var there = Between(Tiers, more);
        Assert.Equal(DiffRelation.Widens, there.Relation);
        Assert.Equal(DiffRelation.Equal, there.LatentRelation);
        Assert.Equal(["web (sg-web) -> eni-4: tcp/5432"], there.Added.Select(Text));
        Assert.Equal(["Membership: eni-4 (10.1.0.21) is new"], there.Added[0].Because.Select(c => $"{c.Input}: {c.Text}"));
        Assert.Equal(1, there.Summary.EndsAdded);
        var back = Between(more, Tiers);
        Assert.Equal(DiffRelation.Narrows, back.Relation);
        Assert.Equal(["Membership: eni-4 (10.1.0.21) is gone"], back.Removed[0].Because.Select(c => $"{c.Input}: {c.Text}"));
        Assert.Equal(1, back.Summary.EndsRemoved);
    }

    [Fact]
    public void Another_group_on_an_interface_is_a_change_of_membership()
    {
        var report = Between(Tiers, Tiers.Replace("eni-3 db", "eni-3 db,web", StringComparison.Ordinal));
        var box = Assert.Single(report.Added, b => b.From.Kind == DiffEndKind.Blocks);
        Assert.Equal("0.0.0.0/0 -> db (sg-db): tcp/443", Text(box));
        Assert.Equal(["Membership: eni-3 now carries sg-web"], box.Because.Select(c => $"{c.Input}: {c.Text}"));
    }

    [Fact]
    public void A_list_that_grew_is_named_with_its_entry()
    {
        const string before = "list pl-1 192.0.2.0/24\ngroup web\n  ingress tcp/22 from pl-1\ninterface eni-1 web 10.1.0.10";
        var report = Between(before, before.Replace("192.0.2.0/24", "192.0.2.0/24 198.51.100.0/24", StringComparison.Ordinal));
        var box = Assert.Single(report.Added);
        Assert.Equal("198.51.100.0/24 -> web (sg-web): tcp/22", Text(box));
        Assert.Equal(["PrefixLists: pl-1 (pl-1) lists 198.51.100.0/24"], box.Because.Select(c => $"{c.Input}: {c.Text}"));
        Assert.Equal(DiffRelation.Widens, report.LatentRelation);
        Assert.Equal(DiffInput.PrefixLists, Assert.Single(report.LatentAdded[0].Because).Input);
        Assert.Equal(0, report.Summary.TextualChanges);
    }

    [Fact]
    public void A_peering_that_ends_closes_references_and_is_named()
    {
        const string rules = """
            group a
              egress tcp/443 to b
            group b in vpc-b
              ingress tcp/443 from a
            interface eni-1 a 10.1.0.10
            """;
        var (old, @new) = (Peered("active"), Peered("deleted"));
        var report = SemanticDiff.Between(old, @new);
        var box = Assert.Single(report.Removed);
        Assert.Equal("a (sg-a) -> b (sg-b): tcp/443", Text(box));
        Assert.Equal(["Links: references between vpc-a and vpc-b no longer match"], box.Because.Select(c => $"{c.Input}: {c.Text}"));

        Estate Peered(string status)
        {
            var builder = new EstateBuilder();
            var estate = EstateText.Read(rules);
            foreach (var kind in Enum.GetValues<GapKind>()) builder.MarkCollected(kind);
            foreach (var group in estate.SecurityGroups) builder.Add(group with { Rules = [.. group.Rules.Select(r => r with { Peer = (GroupPeer)r.Peer with { Peering = null, PeeringStatus = null } })] });
            foreach (var vpc in estate.Vpcs) builder.Add(vpc);
            builder.Add(estate.NetworkInterfaces[0]);
            builder.Add(new NetworkInterface(new NetworkInterfaceId("eni-2"), EstateText.Home) { Vpc = new VpcId("vpc-b"), Groups = [new SecurityGroupId("sg-b")], Addresses = [Address.Parse("10.2.0.10")] });
            return builder.Add(new Peering(new PeeringId("pcx-1"), new PeeringEnd(new VpcId("vpc-a"), EstateText.Home), new PeeringEnd(new VpcId("vpc-b"), EstateText.Home)) { Status = status }).Build();
        }
    }

    [Fact]
    public void What_only_two_inputs_together_opened_is_combined()
    {
        const string before = "group web\ngroup base\ninterface eni-1 base 10.1.0.10";
        const string after = "group web\n  ingress tcp/22 from 0.0.0.0/0\ngroup base\ninterface eni-1 base,web 10.1.0.10";
        var box = Assert.Single(Between(before, after).Added);
        Assert.All(box.Because, c => Assert.True(c.IsCombined));
        Assert.Equal(["sg-web ingress tcp/22 from 0.0.0.0/0", "eni-1 now carries sg-web"], box.Because.Select(c => c.Text));
    }

    [Fact]
    public void What_hangs_on_a_gap_is_unknown_and_equal_is_not_claimed()
    {
        const string before = "group web\ninterface eni-1 web 10.1.0.10";
        const string after = "group web\n  ingress tcp/22 from pl-unread\ninterface eni-1 web 10.1.0.10";
        var report = Between(before, after);
        Assert.Equal(DiffRelation.Equal, report.Relation);
        Assert.False(report.IsCertain);
        Assert.False(report.IsEqual);
        Assert.Empty(report.Added);
        Assert.Contains(report.Unknown, b => Text(b) == "0.0.0.0/0 -> web (sg-web): tcp/22");
        Assert.All(report.Unknown, b => Assert.Equal(GapKind.PrefixLists, Assert.Single(b.Gaps).What));
        Assert.Equal(DiffRelation.Widens, report.LatentRelation);
        var same = Between(after, after);
        Assert.True(same.IsEqual);
        Assert.Equal("The entries of pl-unread were read in neither estate and are taken to be the same in both.", Assert.Single(same.Notes));
        var other = Between(after, after.Replace("pl-unread", "pl-other", StringComparison.Ordinal));
        Assert.False(other.IsEqual);
        Assert.NotEmpty(other.Unknown);
    }

    [Fact]
    public void Without_interfaces_the_rules_are_compared()
    {
        const string gap = "\ngap NetworkInterfaces";
        const string before = "group web" + gap;
        var report = Between(before, "group web\n  ingress tcp/22 from 0.0.0.0/0" + gap);
        Assert.Equal(AnswerBasis.Symbolic, report.Basis);
        Assert.Equal(DiffRelation.Widens, report.Relation);
        var box = Assert.Single(report.Added);
        Assert.Equal("0.0.0.0/0 -> web (sg-web): tcp/22", Text(box));
        Assert.Null(box.Witness);
        Assert.Equal("sg-web ingress tcp/22 from 0.0.0.0/0", Assert.Single(box.Because).Text);
        Assert.Contains("interfaces of either estate were not read", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_set_that_was_not_read_is_unknown_also_without_interfaces()
    {
        const string before = "group web\ngap NetworkInterfaces";
        var report = Between(before, before + "\ngap Rules sg-web");
        Assert.Equal(DiffRelation.Equal, report.Relation);
        Assert.False(report.IsEqual);
        Assert.All(report.Unknown, b => Assert.Equal(GapKind.Rules, Assert.Single(b.Gaps).What));
    }

    [Fact]
    public void Two_addresses_that_part_become_a_pair()
    {
        const string rules = "group web\n  ingress tcp/22 from web\n  egress tcp/22 to web\n";
        var report = Between(rules + "interface eni-1 web 10.1.0.10 10.1.0.11", rules + "interface eni-1 web 10.1.0.10\ninterface eni-2 web 10.1.0.11");
        Assert.Equal(["eni-1 -> eni-2: tcp/22", "eni-2 -> eni-1: tcp/22"], report.Added.Select(Text));
        Assert.Equal(DiffRelation.Widens, report.Relation);
    }

    [Fact]
    public void A_hole_is_told_as_an_exception()
    {
        const string before = "group web\n  ingress tcp/22 from 10.0.0.0/8\ninterface eni-1 web 10.1.0.10";
        var report = Between(before, before.Replace("10.0.0.0/8", "0.0.0.0/0", StringComparison.Ordinal));
        Assert.Equal("0.0.0.0/0 except 10.0.0.0/8 -> web (sg-web): tcp/22", Text(Assert.Single(report.Added)));
        Assert.Equal(8, report.Added[0].From.Blocks.Length);
    }

    [Fact]
    public void Whole_blocks_stand_for_the_interfaces_in_them()
    {
        const string before = "group web\n  egress any to 0.0.0.0/0\ninterface eni-1 web 10.1.0.10\ninterface eni-2 web 10.1.0.11";
        var report = Diff(before, before, "web", "  ingress tcp/22 from 0.0.0.0/0");
        var box = Assert.Single(report.Added);
        Assert.Equal("0.0.0.0/0 -> web (sg-web): tcp/22", Text(box));
        Assert.True(box.From.IncludesInterfaces);
    }

    [Fact]
    public void A_witness_is_an_interface_in_use_before_others()
    {
        const string before = "group web\ninterface eni-1 web 10.1.0.10\ninterface eni-2 web 10.1.0.11";
        var (old, @new) = (Idle(before), Idle(before.Replace("group web", "group web\n  ingress any from 0.0.0.0/0", StringComparison.Ordinal)));
        Assert.Equal("eni-2", SemanticDiff.Between(old, @new).Added[0].Witness!.To.Interface!.Id.Value);

        static Estate Idle(string text)
        {
            var builder = new EstateBuilder();
            var estate = EstateText.Read(text);
            foreach (var kind in Enum.GetValues<GapKind>()) builder.MarkCollected(kind);
            foreach (var group in estate.SecurityGroups) builder.Add(group);
            foreach (var nic in estate.NetworkInterfaces) builder.Add(nic with { Status = nic.Id.Value == "eni-1" ? "available" : "in-use" });
            return builder.Build();
        }
    }

    [Fact]
    public void Lists_that_are_cut_say_so_and_keep_the_relation()
    {
        var after = Tiers.Replace("tcp/443 from 0.0.0.0/0", "tcp/22 from 0.0.0.0/0", StringComparison.Ordinal).Replace("tcp/5432", "tcp/5433", StringComparison.Ordinal);
        var (old, @new) = (EstateText.Read(Tiers), EstateText.Read(after));
        var few = SemanticDiff.Between(old, @new, new DiffOptions { MostBoxes = 1 });
        Assert.Equal(DiffRelation.Incomparable, few.Relation);
        Assert.Single(few.Added);
        Assert.Equal(2, few.Omitted);
        Assert.False(few.IsWhole);
        var cut = SemanticDiff.Between(old, @new, new DiffOptions { MostBlocks = 0 });
        Assert.Equal(DiffRelation.Incomparable, cut.Relation);
        Assert.False(cut.IsWhole);
        Assert.NotEmpty(cut.Notes);
        Assert.True(SemanticDiff.Between(old, @new).IsWhole);
    }

    [Fact]
    public void A_witness_that_the_rules_deny_is_a_bug_and_never_shown()
    {
        var estate = EstateText.Read(Tiers);
        var from = new WalkEnd(Address.Parse("192.0.2.1"), null, null, IsOutside: true);
        var to = new WalkEnd(Address.Parse("10.1.0.10"), estate.NetworkInterfaces[0], estate.NetworkInterfaces[0], IsOutside: false);
        var finder = new CauseFinder(estate, estate, isWithNew: true);
        Assert.Throws<InvalidOperationException>(() => finder.Find(from, to, Service.Tcp(443), ServiceSet.Any));
        Assert.Throws<InvalidOperationException>(() => finder.Find(from, to, Service.Tcp(444), ServiceSet.Any));
    }

    private static DiffReport Diff(string old, string @new, string group, string rule) =>
        Between(old, @new.Replace($"group {group}", $"group {group}\n{rule}", StringComparison.Ordinal));

    private static DiffReport Between(string old, string @new) => SemanticDiff.Between(EstateText.Read(old), EstateText.Read(@new));

    private static string Text(DiffBox box) => $"{box.From} -> {box.To}: {box.Services}";
}
