using System.Text;
using Sallyport.Diagnostics;

namespace Sallyport.Tests.CloudFormation;

/// <summary>Templates made to hang or to fill the memory end soon, with an error or a gap.</summary>
public sealed class HostileTests
{
    [Fact]
    public void Nesting_is_bounded_in_both_forms()
    {
        var json = "{\"AWSTemplateFormatVersion\": \"x\", \"Resources\": " + string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1001);
        Assert.Equal(["SPD2007"], TemplateRead.Of(json).Codes);
        var yaml = "AWSTemplateFormatVersion: x\nResources: " + new string('[', 1000) + new string(']', 1000);
        Assert.Equal(["SPD1002"], TemplateRead.Of(yaml).Codes);
    }

    [Fact]
    public void Aliases_that_multiply_end_early()
    {
        var text = new StringBuilder("AWSTemplateFormatVersion: x\nMetadata:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        Assert.Equal(["SPD1002"], TemplateRead.Of(text + "Resources: {}").Codes);
    }

    [Fact]
    public void Text_that_multiplies_ends_early()
    {
        var value = "x";
        for (var i = 0; i < 15; i++) value = $"{{'Fn::Sub': ['${{a}}${{a}}${{a}}', {{a: {value}}}]}}";
        Assert.Contains("SPD2274", TemplateRead.Group($"      GroupName: {value}").Codes);
    }

    [Fact]
    public void Loops_that_multiply_end_early()
    {
        var items = string.Join(", ", Enumerable.Range(0, 40));
        var body = "'G${A}${B}${C}${D}${E}': {Type: 'AWS::SNS::Topic'}";
        foreach (var name in new[] { "E", "D", "C", "B", "A" }) body = $"'Fn::ForEach::{name}': [{name}, [{items}], {{{body}}}]";
        Assert.Contains("SPD2274", TemplateRead.Of($"Transform: AWS::LanguageExtensions\nResources: {{{body}}}").Codes);
    }

    [Fact]
    public void Loops_that_make_one_name_twice_are_an_error() =>
        Assert.Equal(["SPD2282"], TemplateRead.Of("Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::A: [X, [1, 2], {Same: {Type: 'AWS::SNS::Topic'}}]").Codes);

    [Fact]
    public void A_template_that_nests_itself_ends()
    {
        const string text = "AWSTemplateFormatVersion: x\nResources:\n  Again: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: web.yaml}}\n  More: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: ./web.yaml}}";
        var said = TemplateRead.Of(text, beside: new() { ["web.yaml"] = text }).Said;
        Assert.Contains(said, d => d.Code == "SPD2274" && d.Severity == Severity.Error);
        const string single = "AWSTemplateFormatVersion: x\nResources:\n  Again: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: web.yaml}}";
        Assert.Equal(["SPD2275"], TemplateRead.Of(single, beside: new() { ["web.yaml"] = single }).Codes);
    }

    [Fact]
    public void Parameters_and_outputs_of_nested_stacks_that_name_each_other_are_a_gap()
    {
        const string inner = "Parameters: {In: {Type: String}}\nOutputs: {Out: {Value: !Ref In}}\nResources: {T: {Type: 'AWS::SNS::Topic'}}";
        var read = TemplateRead.Group("""
                  SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: !GetAtt A.Outputs.Out}]
              A: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: inner.yaml, Parameters: {In: !GetAtt B.Outputs.Out}}}
              B: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: inner.yaml, Parameters: {In: !GetAtt A.Outputs.Out}}}
            """, beside: new() { ["inner.yaml"] = inner });
        Assert.Empty(read.Ingress);
        Assert.Contains(read.Rules, g => g.Why.Contains("without end", StringComparison.Ordinal));
    }

    [Fact]
    public void Control_characters_and_bad_text_are_errors()
    {
        Assert.Equal(["SPD1008"], TemplateRead.Of("AWSTemplateFormatVersion: x\nResources: {A: \u0001}").Codes);
        Assert.Equal(["SPD2009"], TemplateRead.Of("""{"AWSTemplateFormatVersion": "x", "Resources": {"A": {"Type": "\ud800"}}}""").Codes);
    }

    [Fact]
    public void Any_cut_of_a_template_is_an_error_or_an_estate_and_never_a_crash()
    {
        var text = File.ReadAllText(Sample.Path("shop.yaml"));
        for (var length = 40; length < text.Length; length += 37) _ = TemplateRead.Of(text[..length]);
        var json = File.ReadAllText(Sample.Path("egress/open.json"));
        for (var length = 1; length < json.Length - 1; length += 11) Assert.Contains(TemplateRead.Of(json[..length]).Said, d => d.Severity == Severity.Error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_exchange_of_words_is_read_without_a_crash(int seed)
    {
        var random = new Random(seed);
        var words = File.ReadAllText(Sample.Path("shop.yaml")).Split(' ');
        for (var round = 0; round < 60; round++)
        {
            var mixed = words.ToArray();
            for (var i = 0; i < 4; i++) mixed[random.Next(mixed.Length)] = words[random.Next(words.Length)];
            _ = TemplateRead.Of(string.Join(' ', mixed));
        }
    }
}
