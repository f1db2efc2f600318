using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Templates;

/// <summary>Whatever is declared, every language says it, and nothing else: read(write(x)) is x.</summary>
public sealed class WrittenCodeLawTests
{
    private static readonly ImmutableArray<string> Terraform = ["terraform", "terraform-module"];
    private static readonly ImmutableArray<string> Templates = ["cloudformation", "cloudformation-json"];

    [Fact]
    public void Whatever_is_declared_for_an_estate_is_what_the_code_means() =>
        Prop.ForAll(DesiredRulesGenerator.Pair.ToArbitrary(), pair =>
        {
            var rules = InOnePlace(pair.Desired);
            foreach (var language in Terraform) Assert.Equal(WrittenCode.Lines(rules), WrittenCode.LinesOfTerraform(WrittenCode.Of(language, rules, pair.Estate)));
            foreach (var language in Templates)
            {
                var text = WrittenCode.Of(language, rules, pair.Estate);
                Assert.Equal(WrittenCode.Lines(rules), WrittenCode.LinesOfTemplate(text));
                Assert.Equal(WrittenCode.Lines(rules, withOwners: false), WrittenCode.LinesOfCloudFormation(text));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_template_for_many_places_means_in_each_exactly_its_own_rules() =>
        Prop.ForAll(DesiredRulesGenerator.Pair.ToArbitrary(), pair =>
        {
            // By turns into three places, of which two share an account and two a Region; a fourth has nothing.
            Scope[] places = [new("111122223333", "eu-west-1"), new("111122223333", "us-east-1"), new("444455556666", "eu-west-1"), new("444455556666", "us-east-1")];
            var groups = pair.Desired.Rules.Select(r => r.Group).Distinct().ToList();
            var rules = pair.Desired with { Groups = [.. groups.Select((g, i) => new ManagedGroup(g.Value, g, places[i % 3], IsReadOnly: false))] };
            foreach (var language in Templates)
            {
                var text = WrittenCode.Of(language, rules);
                foreach (var place in groups.Count > 1 ? places : [])
                {
                    var own = rules with { Rules = [.. rules.Rules.Where(r => rules.Groups.First(g => g.Id == r.Group).Scope == place)] };
                    Assert.Equal(WrittenCode.Lines(own, withOwners: false), WrittenCode.LinesOfCloudFormation(text, place));
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_a_connections_file_compiles_to_is_what_the_code_means() =>
        Prop.ForAll(ConnectionsGenerator.EstateAndFile.ToArbitrary(), pair =>
        {
            var compiled = Compiler.Compile(pair.File, null);
            if (!compiled.IsOk) return;
            var rules = compiled.Value;
            foreach (var language in Terraform) Assert.Equal(WrittenCode.Lines(rules), WrittenCode.LinesOfTerraform(WrittenCode.Of(language, rules)));
            foreach (var language in Templates) Assert.Equal(WrittenCode.Lines(rules), WrittenCode.LinesOfTemplate(WrittenCode.Of(language, rules)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Groups_known_by_name_are_asked_for_and_found_again() =>
        Prop.ForAll(ConnectionsGenerator.EstateAndFile.ToArbitrary(), pair =>
        {
            var compiled = Compiler.Compile(pair.File with { Groups = [.. pair.File.Groups.Select(g => g with { Sg = null, Select = new() { Name = g.Name } })] }, null);
            if (!compiled.IsOk) return;
            var rules = compiled.Value;
            var ids = rules.Groups.Select((g, i) => (g.Name, Id: $"sg-{i + 1:x17}")).ToDictionary(g => g.Name, g => g.Id);
            foreach (var language in Terraform) Assert.Equal(WrittenCode.Lines(rules), WrittenCode.LinesOfTerraform(WrittenCode.Of(language, rules), ids));
            foreach (var language in Templates) Assert.Equal(WrittenCode.Lines(rules), WrittenCode.LinesOfTemplate(WrittenCode.Of(language, rules)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_what_is_declared_changes_no_byte() =>
        Prop.ForAll(DesiredRulesGenerator.Pair.ToArbitrary(), pair =>
        {
            var rules = InOnePlace(pair.Desired);
            var turned = rules with { Rules = [.. rules.Rules.Reverse()], Groups = [.. rules.Groups.Reverse()] };
            foreach (var language in Terraform.Concat(Templates)) Assert.Equal(WrittenCode.Of(language, rules, pair.Estate), WrittenCode.Of(language, turned, pair.Estate));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rule_more_leaves_every_other_as_it_was() =>
        Prop.ForAll(DesiredRulesGenerator.Pair.ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (pair, at) =>
        {
            var rules = InOnePlace(pair.Desired);
            if (rules.Rules.IsEmpty) return;
            var fewer = rules with { Rules = rules.Rules.RemoveAt(at % rules.Rules.Length) };
            var (all, rest) = (Sallyport.Templates.WrittenRules.Of(rules, null), Sallyport.Templates.WrittenRules.Of(fewer, null));
            Assert.Empty(rest.All.Select(r => (r.Key.Direction, r.Name)).Except(all.All.Select(r => (r.Key.Direction, r.Name))));
        }).QuickCheckThrowOnFailure();

    /// <summary>One template is one account and Region; what several places do has tests of its own.</summary>
    private static DesiredRules InOnePlace(DesiredRules rules)
    {
        var home = rules.Rules.Select(r => r.Group).Where(g => rules.Groups.Any(m => m.Id == g)).Select(g => rules.Groups.First(m => m.Id == g).Scope).FirstOrDefault();
        return rules with { Groups = [.. rules.Groups.Select(g => g with { Scope = new Scope(string.Empty, home.Region ?? string.Empty) })] };
    }
}
