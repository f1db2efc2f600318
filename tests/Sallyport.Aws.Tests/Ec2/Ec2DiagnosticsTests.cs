using System.Reflection;
using System.Runtime.CompilerServices;
using Sallyport.Aws.Ec2;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Diagnostics;

namespace Sallyport.Aws.Tests.Ec2;

public sealed class Ec2DiagnosticsTests
{
    [Fact]
    public void Every_code_is_used_once_and_has_a_heading_in_its_page()
    {
        var page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs/diagnostics/SPD5xxx.md"));
        var made = typeof(Ec2Diagnostics).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(m => (Diagnostic)m.Invoke(null, [.. m.GetParameters().Select(p => p.ParameterType == typeof(string) ? (object)"x" : Failure())])!)
            .ToList();
        Assert.Equal(12, made.Select(d => d.Code).Distinct().Count());
        Assert.Equal(12, made.Count);
        Assert.All(made, d => Assert.Matches("^SPD50\\d\\d$", d.Code));
        Assert.All(made, d => Assert.Contains($"## {d.Code} ", page, StringComparison.Ordinal));
        Assert.All(made, d => Assert.EndsWith(".", d.Message, StringComparison.Ordinal));
    }

    private static Ec2Exception Failure() => new(FailureKind.Refused, "DescribeVpcs", default, "Code", "message");

    private static string Here([CallerFilePath] string path = "") => path;
}
