namespace Sallyport.Tests.CloudFormation;

/// <summary>Conditions that are decided, that are open and do not matter, and that are open and do.</summary>
public sealed class ConditionTests
{
    private const string Sections = """
        Parameters:
          Env: {Type: String, AllowedValues: [dev, test, prod]}
          Pass: {Type: String, NoEcho: true, Default: ''}
        Conditions:
          Prod: !Equals [!Ref Env, prod]
          Test: !Equals [!Ref Env, test]
          Dev: !Not [!Or [!Condition Prod, !Condition Test]]
          Never: !And [!Condition Prod, !Condition Test]
          HasPass: !Not [!Equals [!Ref Pass, '']]
          Round: !Condition Trip
          Trip: !Not [!Condition Round]
        """;

    [Fact]
    public void A_value_decides() =>
        Assert.Equal(["tcp/22 10.1.0.0/16"], Rule("!If [Prod, 10.1.0.0/16, 10.2.0.0/16]", "Env=prod").Ingress);

    [Fact]
    public void An_open_condition_that_makes_no_difference_decides_nothing()
    {
        var read = Rule("!If [Prod, 10.1.0.0/16, 10.1.0.0/16]");
        Assert.Equal(["tcp/22 10.1.0.0/16"], read.Ingress);
        Assert.Empty(read.Rules);
    }

    [Fact]
    public void An_open_condition_that_matters_makes_a_doubt_that_says_both()
    {
        var read = Rule("!If [Prod, 10.1.0.0/16, 10.2.0.0/16]");
        Assert.Empty(read.Ingress);
        Assert.Equal(2, read.Rules.Count());
        Assert.Contains(read.Rules, g => g.Why.Contains("ingress tcp/22 from 10.1.0.0/16", StringComparison.Ordinal) && g.Why.Contains("Env is \"prod\"", StringComparison.Ordinal));
        Assert.Contains(read.Rules, g => g.Why.Contains("ingress tcp/22 from 10.2.0.0/16", StringComparison.Ordinal) && g.Why.Contains("Env is not \"prod\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("!If [Never, 10.1.0.0/16, 10.2.0.0/16]", "10.2.0.0/16")]
    [InlineData("!If [Prod, !If [Test, 10.1.0.0/16, 10.2.0.0/16], !If [Prod, 10.1.0.0/16, 10.2.0.0/16]]", "10.2.0.0/16")]
    [InlineData("!If [Prod, 10.2.0.0/16, !If [Test, 10.2.0.0/16, !If [Dev, 10.2.0.0/16, 10.1.0.0/16]]]", "10.2.0.0/16")]
    [InlineData("!If [HasPass, 10.1.0.0/16, 10.2.0.0/16]", "10.2.0.0/16")]
    public void One_thing_has_one_value(string written, string expected)
    {
        var read = Rule(written);
        Assert.Equal([$"tcp/22 {expected}"], read.Ingress);
        Assert.Empty(read.Rules);
    }

    [Fact]
    public void A_hidden_value_decides_and_is_not_shown()
    {
        var read = Rule("!If [HasPass, 10.1.0.0/16, 10.2.0.0/16]", "Pass=hunter2");
        Assert.Equal(["tcp/22 10.1.0.0/16"], read.Ingress);
        Assert.DoesNotContain(read.Estate.Gaps, g => g.Why.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void Conditions_that_name_each_other_are_open()
    {
        var read = Rule("!If [Round, 10.1.0.0/16, 10.2.0.0/16]");
        Assert.Empty(read.Ingress);
        Assert.NotEmpty(read.Rules);
    }

    [Fact]
    public void An_undeclared_condition_is_open()
    {
        var read = Rule("!If [Nothing, 10.1.0.0/16, 10.2.0.0/16]");
        Assert.Empty(read.Ingress);
        Assert.Contains(read.Rules, g => g.Why.Contains("the undeclared condition Nothing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_group_under_an_open_condition_is_read_as_though_it_exists_with_the_rules_it_has_then()
    {
        var read = TemplateRead.Of(Sections + """

            Resources:
              Web:
                Type: AWS::EC2::SecurityGroup
                Condition: Prod
                Properties:
                  GroupDescription: web
                  SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 10.0.0.0/8}]
                  SecurityGroupIngress: [!If [Prod, {IpProtocol: tcp, FromPort: 2, ToPort: 2, CidrIp: 10.0.0.0/8}, !Ref 'AWS::NoValue']]
              In:
                Type: AWS::EC2::SecurityGroupIngress
                Condition: Prod
                Properties: {GroupId: !Ref Web, IpProtocol: tcp, FromPort: 3, ToPort: 3, CidrIp: 10.0.0.0/8}
            """);
        Assert.Equal(["ingress tcp/2 10.0.0.0/8", "ingress tcp/3 10.0.0.0/8", "egress tcp/1 10.0.0.0/8"], read.RulesOf("Web"));
        Assert.Equal(["SPD2279"], read.Codes);
        Assert.Empty(read.Rules);
    }

    [Fact]
    public void A_group_whose_condition_fails_is_not_there()
    {
        var read = TemplateRead.Of(Sections + """

            Resources:
              Web:
                Type: AWS::EC2::SecurityGroup
                Condition: Prod
                Properties: {GroupDescription: web}
              In:
                Type: AWS::EC2::SecurityGroupIngress
                Condition: Prod
                Properties: {GroupId: !Ref Web, IpProtocol: tcp, FromPort: 3, ToPort: 3, CidrIp: 10.0.0.0/8}
            """, "Env=dev");
        Assert.Empty(read.Estate.SecurityGroups);
        Assert.Empty(read.Rules);
    }

    [Fact]
    public void More_conditions_than_can_be_tried_leave_the_group_in_doubt()
    {
        var conditions = string.Join('\n', Enumerable.Range(0, 12).Select(i => $"  C{i}: !Equals [!Ref P{i}, x]"));
        var parameters = string.Join('\n', Enumerable.Range(0, 12).Select(i => $"  P{i}: {{Type: String}}"));
        var items = string.Join(", ", Enumerable.Range(0, 12).Select(i => $"!If [C{i}, a, b]"));
        var read = TemplateRead.Group($"      SecurityGroupIngress: [{{IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: !Join ['', [{items}]]}}]", $"Parameters:\n{parameters}\nConditions:\n{conditions}");
        Assert.Empty(read.Ingress);
        Assert.Contains(read.Rules, g => g.Why.Contains("more conditions than can be tried", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Env=prod", "!Condition Prod", 1)]
    [InlineData("Env=dev", "!Condition Prod", 0)]
    [InlineData(null, "!Condition Prod", 0)]
    [InlineData(null, "!Condition C60", 0)]
    public void Conditions_that_double_with_every_level_are_worked_out_once(string? parameters, string first, int rules)
    {
        var ladder = string.Join('\n', Enumerable.Range(1, 60).Select(i => $"  C{i}: !Or [!Condition C{i - 1}, !Not [!Not [!Condition C{i - 1}]]]"));
        var items = string.Join('\n', Enumerable.Range(1, 60).Select(i => $"        - !If [C{i}, {{IpProtocol: tcp, FromPort: {i}, ToPort: {i}, CidrIp: 10.0.0.0/8}}, !Ref 'AWS::NoValue']"));
        var read = TemplateRead.Group($"      SecurityGroupIngress:\n{items}", $"{Sections}\n  C0: {first}\n{ladder}", parameters);
        Assert.Empty(read.Codes);
        Assert.Equal(rules * 60, read.Ingress.Length);
        Assert.Equal(parameters is null, read.Rules.Any());
        if (parameters is null && first == "!Condition Prod") Assert.All(read.Rules, g => Assert.Contains("Env is \"prod\"", g.Why, StringComparison.Ordinal));
    }

    [Fact]
    public void Conditions_of_one_rule_do_not_multiply_with_those_of_another()
    {
        var conditions = string.Join('\n', Enumerable.Range(0, 40).Select(i => $"  C{i}: !Equals [!Ref P{i}, x]"));
        var parameters = string.Join('\n', Enumerable.Range(0, 40).Select(i => $"  P{i}: {{Type: String}}"));
        var items = string.Join('\n', Enumerable.Range(0, 40).Select(i => $"        - !If [C{i}, {{IpProtocol: tcp, FromPort: {i}, ToPort: {i}, CidrIp: 10.0.0.0/8}}, !Ref 'AWS::NoValue']"));
        var read = TemplateRead.Group($"      SecurityGroupIngress:\n{items}\n        - {{IpProtocol: tcp, FromPort: 99, ToPort: 99, CidrIp: 10.0.0.0/8}}", $"Parameters:\n{parameters}\nConditions:\n{conditions}");
        Assert.Equal(["tcp/99 10.0.0.0/8"], read.Ingress);
        Assert.Equal(40, read.Rules.Count());
    }

    private static TemplateRead Rule(string cidr, string? parameters = null) =>
        TemplateRead.Group($"      SecurityGroupIngress: [{{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: {cidr}}}]", Sections, parameters);
}
