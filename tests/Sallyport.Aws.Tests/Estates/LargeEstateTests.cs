using Sallyport.Estates;
using Sallyport.Lab.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Tests.Estates;

public sealed class LargeEstateTests
{
    public static TheoryData<int, int, int, int> Sizes => new()
    {
        { 0, 0, 0, 1 }, { 1, 0, 0, 1 }, { 1, 3, 1, 1 }, { 2, 200, 7, 2 }, { 40, 400, 120, 3 }, { 300, 6_000, 700, 4 }, { 900, 5_000, 2_000, -5 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void It_has_the_size_asked_for_and_ec2_would_accept_it(int groups, int rules, int interfaces, int seed)
    {
        var estate = LargeEstate.Create(new LargeEstateOptions(groups, rules, interfaces, seed) { GroupsPerVpc = 60 });
        Assert.Equal((groups, rules, interfaces), (estate.SecurityGroups.Length, estate.RuleCount, estate.NetworkInterfaces.Length));
        Assert.Empty(estate.Gaps);
        Assert.Empty(EstateValidity.Problems(estate));
    }

    [Fact]
    public void More_rules_than_the_default_quota_holds_spill_evenly_over_it()
    {
        var estate = LargeEstate.Create(new LargeEstateOptions(Groups: 20, Rules: 8_000, Interfaces: 20));
        Assert.Equal(8_000, estate.RuleCount);
        Assert.All(estate.SecurityGroups, g => Assert.Equal(400, g.Rules.Length));
        Assert.Empty(EstateValidity.Problems(estate, quota: 200));
    }

    /// <summary>
    /// A change here is a change of every estate people made with a seed: benchmarks and bug reports lose their subject. Do it knowingly.
    /// </summary>
    [Fact]
    public void A_seed_means_the_same_estate_for_ever()
    {
        var options = new LargeEstateOptions(Groups: 120, Rules: 1_500, Interfaces: 300, Seed: 42) { GroupsPerVpc = 40 };
        Assert.Equal("40d8457871f2cb4a3ad44963442a0bcd", EstateText.DigestOf(LargeEstate.Create(options)));
    }

    [Fact]
    public void Another_seed_is_another_estate()
    {
        var options = new LargeEstateOptions(Groups: 20, Rules: 200, Interfaces: 20);
        Assert.NotEqual(EstateText.DigestOf(LargeEstate.Create(options)), EstateText.DigestOf(LargeEstate.Create(options with { Seed = 2 })));
    }

    [Fact]
    public void Sharing_is_like_that_of_real_estates()
    {
        var estate = LargeEstate.Create(new LargeEstateOptions(Groups: 1_000, Rules: 10_000, Interfaces: 2_000));
        var rules = estate.SecurityGroups.SelectMany(g => g.Rules).ToList();
        Assert.InRange(Percent(rules.Count(r => r.Peer is GroupPeer)), 50, 75);
        Assert.InRange(Percent(rules.Count(r => r.Peer is CidrPeer { Cidr.PrefixLength: 0 })), 2, 8);
        Assert.InRange(Percent(rules.Count(r => r.Peer is PrefixListPeer)), 2, 10);
        Assert.Contains(rules, r => r.Peer is GroupPeer { PeeringStatus: "active" });
        Assert.Contains(rules, r => r.Peer is CidrPeer { Cidr.Family: IpFamily.V6 });
        Assert.True(rules.Select(r => r.Service).Distinct().Count() < 60, "services are shared");
        Assert.True(estate.NetworkInterfaces.Select(n => n.Groups.Length).ToHashSet().SetEquals([1, 2, 3, 4, 5]), "one to five groups an interface");
        var counts = estate.SecurityGroups.Select(g => g.Rules.Length).Order().ToList();
        Assert.True(counts[^1] > 5 * counts[counts.Count / 2], "rule counts are skewed");

        double Percent(int count) => 100.0 * count / rules.Count;
    }

    [Fact]
    public void Several_accounts_and_regions_appear_with_size()
    {
        var estate = LargeEstate.Create(new LargeEstateOptions(Groups: 500, Rules: 500, Interfaces: 0) { GroupsPerVpc = 25 });
        Assert.True(estate.Scopes.Select(s => s.Account).Distinct().Count() > 1);
        Assert.True(estate.Scopes.Select(s => s.Region).Distinct().Count() > 1);
    }

    [Fact]
    public void Impossible_figures_are_refused_with_a_reason()
    {
        var options = new LargeEstateOptions(Groups: 1, Rules: 401, Interfaces: 0);
        Assert.Contains("401", options.Problem, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LargeEstate.Create(options));
    }
}
