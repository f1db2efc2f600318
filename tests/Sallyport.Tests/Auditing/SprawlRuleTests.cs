using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing;
using Sallyport.Auditing.Strategy;

namespace Sallyport.Tests.Auditing;

public sealed class SprawlRuleTests
{
    [Theory]
    [InlineData(21, 41, true)] // 21 of 41
    [InlineData(21, 42, false)] // exactly half
    [InlineData(20, 20, false)] // not more than 20
    public void Groups_with_a_single_instance_are_counted_against_all(int lone, int all, bool fires)
    {
        var groups = Enumerable.Range(0, all).Select(n => $"group g{n}");
        var interfaces = Enumerable.Range(0, lone).Select(n => $"interface eni-{n} g{n} 10.1.0.{n + 1} instance i-{n}");
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-SPR-01", string.Join('\n', groups.Concat(interfaces))).Count);
    }

    [Fact]
    public void Two_interfaces_of_one_instance_are_one_instance()
    {
        const string Small = "set spi.count 1\ngroup a\ngroup b\n";
        Audit.Fires("SP-SPR-01", Small + "interface eni-1 a 10.1.0.5 instance i-1\ninterface eni-2 a 10.1.0.6 instance i-1\ninterface eni-3 b 10.1.0.7 instance i-2");
        Audit.Quiet("SP-SPR-01", Small + "interface eni-1 a 10.1.0.5 instance i-1\ninterface eni-2 a 10.1.0.6 lb\ninterface eni-3 b 10.1.0.7 instance i-2");
        Assert.Contains("interfaces", Audit.Unknown("SP-SPR-01", Small + "gap NetworkInterfaces"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 9, true)] // 9 of 10
    [InlineData(9, 8, false)] // 8 of 9
    [InlineData(20, 18, true)]
    [InlineData(19, 17, false)]
    public void Nine_rules_of_ten_make_near_duplicates(int first, int second, bool fires)
    {
        string Rules(int count) => string.Join('\n', Enumerable.Range(0, count).Select(n => $"  ingress tcp/{1_000 + n} from 10.0.0.0/8"));
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-SPR-02", $"group a\n{Rules(first)}\ngroup b\n{Rules(second)}").Count);
    }

    [Fact]
    public void Near_duplicates_of_two_VPCs_count_only_with_one_application()
    {
        const string Rule = "  ingress tcp/443 from 10.0.0.0/8";
        var finding = Audit.Fires("SP-SPR-02", $"group a tag app=shop\n{Rule}\ngroup b in vpc-b tag application=shop\n{Rule}");
        Assert.Contains("cannot become one", finding.Message, StringComparison.Ordinal);
        Audit.Quiet("SP-SPR-02", $"group a tag app=shop\n{Rule}\ngroup b in vpc-b tag app=mail\n{Rule}");
        Audit.Quiet("SP-SPR-02", $"group a\n{Rule}\ngroup b in vpc-b\n{Rule}");
    }

    [Fact]
    public void Rules_of_groups_for_themselves_are_alike_but_a_merge_joins_their_members()
    {
        var finding = Audit.Fires("SP-SPR-02", "group a\n  ingress any from a\ngroup b\n  ingress any from b\ninterface eni-1 b 10.1.0.5");
        Assert.Equal("sg-a", finding.Resource.Id); // b is carried, so b is kept
        Assert.Contains("between the members of both", finding.Message, StringComparison.Ordinal);
        Audit.Quiet("SP-SPR-02", "group a\n  ingress any from c\ngroup b\n  ingress any from c\ngroup c"); // the same: SP-USE-02
    }

    [Fact]
    public void Similar_sets_are_found_exactly_as_by_comparing_all_pairs()
    {
        // Sets that differ from one of a few roots in a few elements: near the threshold on both sides of it.
        var sets = from roots in Gen.Choose(1, 3)
                   from size in Gen.Choose(1, 24)
                   from count in Gen.Choose(2, 14)
                   from drops in Gen.Choose(0, 30).ArrayOf(3).ArrayOf(count)
                   from adds in Gen.Choose(30, 34).ArrayOf(2).ArrayOf(count)
                   select Enumerable.Range(0, count).Select(i => Enumerable.Range(i % roots * 4, size).Except(drops[i].Take(i % 4)).Concat(adds[i].Take(i % 3))
                       .Distinct().Order().ToArray()).ToArray();
        var shares = Gen.Elements(0.5, 0.75, 0.8, 0.9, 0.95, 1.0);
        var isFound = false;
        Prop.ForAll(sets.Zip(shares, (s, t) => (Sets: s, Least: t)).ToArbitrary(), x =>
        {
            // With elements of one set alone numbered first, as the rarest are, the answer is the same.
            var found = SimilarSets.Find(x.Sets, x.Least).ToList();
            var counts = x.Sets.SelectMany(s => s).CountBy(e => e).ToDictionary();
            var rank = counts.Keys.OrderBy(e => counts[e]).Select((e, i) => (e, i)).ToDictionary(p => p.e, p => p.i);
            var ranked = SimilarSets.Find([.. x.Sets.Select(s => s.Select(e => rank[e]).Order().ToArray())], x.Least, counts.Values.Count(c => c == 1));
            Assert.Equal(found.Select(f => f.Later), ranked.Select(f => f.Later));
            var expected = Enumerable.Range(0, x.Sets.Length)
                .Where(i => Enumerable.Range(0, i).Any(j => Jaccard(x.Sets[i], x.Sets[j]) >= x.Least - 1e-9)).ToList();
            Assert.Equal(expected, found.Select(f => f.Later));
            Assert.All(found, f =>
            {
                Assert.True(f.Earlier < f.Later);
                Assert.Equal(x.Sets[f.Later].Intersect(x.Sets[f.Earlier]).Count(), f.Shared);
                Assert.True(Jaccard(x.Sets[f.Later], x.Sets[f.Earlier]) >= x.Least - 1e-9);
            });
            isFound |= found.Count > 0 && found.Count < x.Sets.Length - 1;
        }).QuickCheckThrowOnFailure();
        Assert.True(isFound);
    }

    [Fact]
    public void A_thousand_groups_that_nearly_match_cost_no_pairwise_comparison()
    {
        // Each set has nine elements of all and one of its own: 9 of 11, just too little, and no pair need be looked at.
        var sets = Enumerable.Range(0, 20_000).Select(n => new[] { n }.Concat(Enumerable.Range(100_000, 9)).ToArray()).ToArray();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Empty(SimilarSets.Find(sets, 0.9));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_group_that_serves_everything()
    {
        string Estate(int apps, int interfaces) => "set god.max 5\ngroup a\n" + string.Join('\n', Enumerable.Range(0, interfaces).Select(n => $"interface eni-{n} a 10.1.0.{n + 1} tag app=app{n % apps}"));
        Assert.Contains("4 applications", Audit.Fires("SP-SPR-03", Estate(4, 6)).Message, StringComparison.Ordinal);
        Audit.Quiet("SP-SPR-03", Estate(3, 6));
        Audit.Quiet("SP-SPR-03", Estate(4, 5));
        Assert.Equal("eni-1", Audit.Fires("SP-SPR-03", "group a\ninterface eni-1 a,b,c,d,e,f 10.1.0.5").Resource.Id);
        Audit.Quiet("SP-SPR-03", "group a\ninterface eni-1 a,b,c,d,e 10.1.0.5");
    }

    [Theory]
    [InlineData("temp rule", true)]
    [InlineData("TODO: narrow", true)]
    [InlineData("debug-port", true)]
    [InlineData("testing", true)]
    [InlineData("contest server", false)]
    [InlineData("latest template", false)]
    [InlineData("attempts", false)]
    [InlineData("until 2026-11-20", true)] // yesterday
    [InlineData("until 2026-11-21", false)] // the last day still counts
    [InlineData("expires on: 2025-01-31", true)]
    [InlineData("expires 2025-13-31", false)] // no day
    [InlineData("ticket 2020-01-01", false)]
    public void Rules_that_were_meant_for_a_while(string description, bool fires) => Assert.Equal(
        fires ? 1 : 0, Audit.Findings("SP-SPR-05", $"today 2026-11-21\ngroup web\n  ingress tcp/443 from 10.0.0.0/8 \"{description}\"").Count);

    [Fact]
    public void Only_the_temporary_rules_are_the_evidence() => Audit.Fires(
        "SP-SPR-05", "group web\n  ingress tcp/443 from 10.0.0.0/8 \"front\"\n  ingress tcp/8080 from 10.0.0.0/8 \"temp\"", "ingress tcp/8080 from 10.0.0.0/8");

    [Fact]
    public void Tags_of_rules_may_say_so_too_and_are_unknown_when_not_read()
    {
        var estate = EstateText.Read("group web\n  ingress tcp/443 from 10.0.0.0/8");
        var options = AuditOptions.Default with { Today = new DateOnly(2026, 11, 21), Rules = ["SP-SPR-05"] };
        Assert.Single(Audit.Of(Tagged("expires", "2026-11-20T10:00:00Z"), options).Findings);
        Assert.Empty(Audit.Of(Tagged("expires", "2026-11-21"), options).Findings);
        Assert.Single(Audit.Of(Tagged("purpose", "debug"), options).Findings);
        Assert.Empty(Audit.Of(Tagged("Env", "test"), options).Findings); // where a rule is, not how long it stays
        Assert.Contains("tags of rules", Audit.Unknown("SP-SPR-05", "group web\n  ingress tcp/443 from 10.0.0.0/8\ngap RuleIds"), StringComparison.Ordinal);

        Sallyport.Estates.Estate Tagged(string key, string value)
        {
            var group = estate.SecurityGroups[0];
            var tags = Sallyport.Estates.Tags.Of([new(key, value)]);
            return new Sallyport.Estates.EstateBuilder().Add(group with { Rules = [.. group.Rules.Select(r => r with { Tags = tags })] }).Build();
        }
    }

    [Theory]
    [InlineData("tag last-changed=2025-11-20", "ingress tcp/443 from 0.0.0.0/0", true)]
    [InlineData("tag last-changed=2025-11-21", "ingress tcp/443 from 0.0.0.0/0", false)] // 365 days are not more than 365
    [InlineData("tag last-changed=2024-01-01 tag Owner=net", "ingress tcp/443 from 0.0.0.0/0", false)]
    [InlineData("tag last-changed=2024-01-01", "ingress tcp/443 from 10.0.0.0/8", false)]
    [InlineData("tag last-changed=2024-01-01", "egress any to 0.0.0.0/0", false)]
    [InlineData("tag last-changed=2024-01-01", "ingress tcp/443 from 0.0.0.0/2", true)]
    public void Old_broad_groups_without_an_owner(string tags, string rule, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-SPR-06", $"today 2026-11-21\ngroup old {tags}\n  {rule}").Count);

    [Fact]
    public void Without_a_date_the_age_is_unknown_unless_nobody_asks_for_it()
    {
        const string Estate = "group old\n  ingress tcp/443 from 0.0.0.0/0";
        Assert.Contains("last changed", Audit.Unknown("SP-SPR-06", Estate), StringComparison.Ordinal);
        Audit.Fires("SP-SPR-06", "set stale.days 0\n" + Estate, "ingress tcp/443 from 0.0.0.0/0");
    }

    [Theory]
    [InlineData("internal", "ingress tcp/8080 from 0.0.0.0/0", true)]
    [InlineData("shop-db", "ingress tcp/5432 from ::/0", true)]
    [InlineData("shop-db", "ingress tcp/443 from 0.0.0.0/0", false)] // SP-ING-02 lets 443 be
    [InlineData("adbc", "ingress tcp/5432 from 0.0.0.0/0", false)]
    [InlineData("x tag Name=private-net", "ingress udp/53 from 0.0.0.0/0", true)]
    [InlineData("internal", "ingress tcp/8080 from 10.0.0.0/8", false)]
    public void Names_that_promise_privacy(string name, string rule, bool fires) =>
        Assert.Equal(fires ? 1 : 0, Audit.Findings("SP-SPR-07", $"group {name}\n  {rule}").Count);

    [Fact]
    public void Names_that_promise_publicity_on_a_database()
    {
        Audit.Fires("SP-SPR-07", "group public-web\ninterface eni-1 public-web 10.1.0.5 requester amazon-rds");
        Audit.Quiet("SP-SPR-07", "group public-web\ninterface eni-1 public-web 10.1.0.5");
        Assert.Contains("interfaces", Audit.Unknown("SP-SPR-07", "group public-web\ngap NetworkInterfaces"), StringComparison.Ordinal);
        Assert.Contains("pl-x", Audit.Unknown("SP-SPR-07", "list pl-x unread\ngroup internal\n  ingress tcp/8080 from pl-x"), StringComparison.Ordinal);
    }

    private static double Jaccard(int[] a, int[] b) => a.Length + b.Length == 0 ? 0 : a.Intersect(b).Count() / (double)a.Union(b).Count();
}
