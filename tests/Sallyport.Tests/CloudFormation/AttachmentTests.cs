using Sallyport.CloudFormation.Mapping;
using Sallyport.Estates;

namespace Sallyport.Tests.CloudFormation;

/// <summary>What carries groups.</summary>
public sealed class AttachmentTests
{
    public static TheoryData<string> Types => [.. AttachmentKind.All.Select(k => k.Type)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_of_the_table_carries_the_groups_of_all_its_paths(string type)
    {
        var kind = AttachmentKind.All.Single(k => k.Type == type);
        foreach (var path in kind.Groups)
        {
            var value = path.Split('.').Reverse().Aggregate("[!Ref Web, sg-0123456789abcdef0]", (inner, step) => step == "*" ? $"[{inner}]" : $"{{{step}: {inner}}}");
            if (path.EndsWith("GroupId", StringComparison.Ordinal)) value = value.Replace("[!Ref Web, sg-0123456789abcdef0]", "!Ref Web", StringComparison.Ordinal);
            var read = TemplateRead.Group($"  It:\n    Type: {type}\n    Properties: {value}");
            var carried = read.Estate.NetworkInterfaces.Single(n => n.Id.Value == "It");
            Assert.Contains("Web", carried.Groups.Select(g => g.Value));
            Assert.Equal(kind.InterfaceType, carried.InterfaceType);
            Assert.DoesNotContain(read.Estate.Gaps, g => g.What == GapKind.NetworkInterfaces && g.Where == "It");
        }
    }

    [Fact]
    public void No_type_stands_in_the_table_twice() => Assert.Distinct(AttachmentKind.All.Select(k => k.Type));

    [Fact]
    public void An_instance_tells_subnet_and_VPC()
    {
        var read = TemplateRead.Group("""
              Subnet: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
              It: {Type: 'AWS::EC2::Instance', Properties: {SubnetId: !Ref Subnet, SecurityGroupIds: [!GetAtt Web.GroupId], SourceDestCheck: false, Tags: [{Key: Name, Value: nat}]}}
            """);
        var nic = Assert.Single(read.Estate.NetworkInterfaces);
        Assert.Equal(("Vpc", "Subnet", "It", false), (nic.Vpc?.Value, nic.Subnet?.Value, nic.Instance, nic.SourceDestCheck));
        Assert.Equal("nat", nic.Tags["Name"]);
    }

    [Theory]
    [InlineData("!Ref Many", "the parameter Many has no value")]
    [InlineData("[!Ref Web, !Ref Nothing]", "declares no Nothing")]
    [InlineData("[!Ref Web, !If [Prod, !Ref Vpc, !Ref 'AWS::NoValue']]", "Env is \"prod\"")]
    public void Groups_that_are_not_known_are_a_gap_at_the_resource(string groups, string why)
    {
        const string sections = "Parameters: {Many: {Type: 'List<AWS::EC2::SecurityGroup::Id>'}, Env: {Type: String}}\nConditions: {Prod: !Equals [!Ref Env, prod]}";
        var read = TemplateRead.Group($"  It: {{Type: 'AWS::EC2::Instance', Properties: {{SecurityGroupIds: {groups}}}}}", sections);
        Assert.Contains(why, Assert.Single(read.Estate.Gaps, g => g.What == GapKind.NetworkInterfaces && g.Where == "It").Why, StringComparison.Ordinal);
        Assert.Equal(groups.Contains("Web", StringComparison.Ordinal) ? ["Web"] : [], Assert.Single(read.Estate.NetworkInterfaces).Groups.Select(g => g.Value));
    }

    [Fact]
    public void Membership_of_a_template_alone_is_never_complete() =>
        Assert.Contains(TemplateRead.Group("  It: {Type: 'AWS::EC2::Instance', Properties: {SecurityGroupIds: [!Ref Web]}}").Estate.Gaps, g => g.What == GapKind.NetworkInterfaces && g.Where.Length == 0);

    [Fact]
    public void A_function_of_SAM_takes_what_Globals_give()
    {
        const string sections = "Transform: AWS::Serverless-2016-10-31\nGlobals: {Function: {VpcConfig: {SecurityGroupIds: [!Ref Web], SubnetIds: [subnet-0123456789abcdef0]}}}";
        var read = TemplateRead.Group("  Own: {Type: 'AWS::Serverless::Function', Properties: {VpcConfig: {SecurityGroupIds: [sg-0123456789abcdef0]}}}\n  Given: {Type: 'AWS::Serverless::Function'}", sections);
        Assert.Empty(read.Said);
        Assert.Equal([("Given", "Web"), ("Own", "sg-0123456789abcdef0")], read.Estate.NetworkInterfaces.Select(n => (n.Id.Value, n.Groups.Single().Value)));
    }
}
