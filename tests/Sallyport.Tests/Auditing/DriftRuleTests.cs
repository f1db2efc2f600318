namespace Sallyport.Tests.Auditing;

/// <summary>SP-DRF-02; SP-DRF-01 and -03 have no evaluator yet.</summary>
public sealed class DriftRuleTests
{
    [Theory]
    [InlineData("group web tag aws:cloudformation:stack-id=arn tag FMManaged=true", "AWS Firewall Manager, CloudFormation")]
    [InlineData("group web tag managed-by=terraform tag aws:cloudformation:stack-name=shop", "CloudFormation, terraform")]
    [InlineData("group web tag managed-by=terraform tag ManagedBy=pulumi", "pulumi, terraform")]
    [InlineData("group web named FMManagedSecurityGroup1234 tag managed-by=terraform", "AWS Firewall Manager, terraform")]
    [InlineData("group web tag aws:eks:cluster-name=prod tag sallyport:connections=a", "Kubernetes, Sallyport")]
    [InlineData("group web tag sallyport:connections=a tag FMManaged=true", "AWS Firewall Manager, Sallyport")]
    [InlineData("set writers.tags tool\ngroup web tag tool=terraform tag aws:cloudformation:stack-name=shop", "CloudFormation, terraform")]
    public void Two_tools_on_one_group(string estate, string writers) =>
        Assert.Equal($"{writers} each leave a mark of their own on sg-web or its rules.", Audit.Fires("SP-DRF-02", estate).Message);

    [Theory]
    [InlineData("group web")]
    [InlineData("group web tag aws:cloudformation:stack-id=arn tag aws:cloudformation:stack-name=shop")]
    [InlineData("group web tag FMManaged=true")]
    [InlineData("group web tag managed-by=Terraform tag ManagedBy=terraform")]
    [InlineData("group web tag managed-by=terraform tag sallyport:connections=a")] // Sallyport wrote that code
    [InlineData("group web tag owner=net tag app=shop")]
    [InlineData("group web tag managed-by=CloudFormation tag aws:cloudformation:stack-name=shop")]
    [InlineData("set writers.tags tool\ngroup web tag managed-by=terraform tag aws:cloudformation:stack-name=shop")]
    public void One_tool_or_none(string estate) => Audit.Quiet("SP-DRF-02", estate);
}
