using System.Text.RegularExpressions;
using Sallyport.Auditing;
using Sallyport.Auditing.Custom;
using Sallyport.Auditing.Parameters;

namespace Sallyport.Tests.Auditing;

public sealed class RuleCatalogueTests
{
    public static TheoryData<string> Codes => [.. RuleCatalogue.All.Select(r => r.Code)];

    public static TheoryData<string> Implemented => [.. RuleCatalogue.All.Where(r => r.IsImplemented).Select(r => r.Code)];

    [Fact]
    public void Holds_every_sealed_rule_of_the_assembly_once()
    {
        var written = RuleCatalogue.All.Select(r => r.GetType().Name).Distinct().Order(StringComparer.Ordinal);
        var declared = typeof(AuditRule).Assembly.GetTypes()
            .Where(t => t is { IsSealed: true, IsAbstract: false } && t.IsAssignableTo(typeof(AuditRule)) && t != typeof(CustomRule))
            .Select(t => t.Name).Order(StringComparer.Ordinal);
        Assert.Equal(declared, written);
    }

    [Fact]
    public void Is_ordered_by_code_and_no_code_or_alias_repeats()
    {
        var codes = RuleCatalogue.All.Select(r => r.Code).ToList();
        Assert.Equal(codes.Order(StringComparer.Ordinal), codes);
        var names = codes.Concat(RuleCatalogue.All.SelectMany(r => r.Aliases)).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(codes, c => Assert.Matches(new Regex("^SP-(ING|PRT|EGR|DEF|NAM|USE|REF|NACL|VPC|PL|MON|PAIR|DECL|LRN|OVL|SPR|QTA|SEM|DRF|VAL)-[0-9]{2}$"), c));
    }

    [Theory]
    [MemberData(nameof(Implemented))]
    public void Every_rule_fires_on_its_own_example_and_leaves_its_twin_alone(string code)
    {
        var guide = RuleCatalogue.Find(code)!.Guide;
        Assert.All(EmittedBy(code), c => Audit.Quiet(c, guide.Quiet, Only(code, guide.Quiet)));
        Assert.Contains(EmittedBy(code), c => Audit.Findings(c, guide.Fires, Only(code, guide.Fires)).Count > 0);
        Assert.DoesNotContain(Audit.Of(guide.Quiet, Only(code, guide.Quiet)).NotAssessed, r => r.Rule.Code == code);
    }

    // A row that stands for a family finds nothing by itself: the family's rules do.
    private static List<string> EmittedBy(string code) =>
        RuleCatalogue.All.Where(r => r.PartOf == code).Select(r => r.Code).ToList() is { Count: > 0 } rules ? rules : [code];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_rule_explains_itself_in_whole_sentences(string code)
    {
        var rule = RuleCatalogue.Find(code)!;
        Assert.False(rule.Title.EndsWith('.'));
        Assert.All(new[] { rule.Guide.What, rule.Guide.Why, rule.Guide.Fix }, text => Assert.EndsWith(".", text));
        Assert.All(Audit.Findings(code, rule.Guide.Fires, Only(code, rule.Guide.Fires)), f => Assert.EndsWith(".", f.Message));
    }

    // By name, so that rules that are off by default run too.
    private static AuditOptions Only(string code, string text) => EstateText.Options(text) with { Rules = [.. EmittedBy(code)] };

    [Fact]
    public void Every_parameter_is_listed_and_used_and_reads_its_own_default()
    {
        var used = RuleCatalogue.All.SelectMany(r => r.Parameters).Distinct().Select(p => p.Name).Order(StringComparer.Ordinal);
        Assert.Equal(AuditParameters.All.Select(p => p.Name).Order(StringComparer.Ordinal), used);
        Assert.All(AuditParameters.All, p =>
        {
            Assert.NotNull(p.Read(p.DefaultText, out var problem));
            Assert.Null(problem);
        });
    }

    [Theory]
    [InlineData("sp-egr-01", "SP-EGR-01")]
    [InlineData("EC2-033", "SP-EGR-01")]
    [InlineData("ec2-033", "SP-EGR-01")]
    public void Rules_are_found_by_code_and_alias_in_any_case(string id, string code) => Assert.Equal(code, RuleCatalogue.Find(id)?.Code);

    [Fact]
    public void A_rule_that_does_not_exist_is_not_found() => Assert.Null(RuleCatalogue.Find("SP-EGR-99"));

    [Fact]
    public void No_control_repeats_within_a_rule_and_each_names_its_source() => Assert.All(RuleCatalogue.All, rule =>
    {
        Assert.Equal(rule.Controls.Length, rule.Controls.Select(c => (c.Framework, c.Id)).Distinct().Count());
        Assert.All(rule.Controls, c => Assert.NotEmpty(c.Source));
    });

    [Theory]
    [InlineData("world.tcp", "80,443,8000-8080", true)]
    [InlineData("world.tcp", "", true)]
    [InlineData("world.tcp", "70000", false)]
    [InlineData("world.tcp", "http", false)]
    [InlineData("allports.min", "0", false)]
    [InlineData("allports.min", "65536", true)]
    [InlineData("allports.min", "65537", false)]
    [InlineData("nearworld.fraction", "1", true)]
    [InlineData("nearworld.fraction", "0", false)]
    [InlineData("nearworld.fraction", "1.01", false)]
    [InlineData("allowall.counts", "yes", false)]
    [InlineData("resolvers", "10.0.0.2, fd00::53, 192.0.2.0/24", true)]
    [InlineData("resolvers", "dns.example", false)]
    [InlineData("no.such", "1", false)]
    public void Parameters_are_validated(string name, string text, bool isGood)
    {
        Assert.Equal(isGood, ParameterValues.Defaults.TryWith(name, text, out var values, out var problem));
        Assert.Equal(isGood, problem is null);
        Assert.Equal(isGood, !ReferenceEquals(values, ParameterValues.Defaults));
    }
}
