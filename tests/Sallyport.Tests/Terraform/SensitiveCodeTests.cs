using Sallyport.Auditing;
using Sallyport.Estates;
using Sallyport.Estates.Snapshots;
using Sallyport.Tests.Auditing;

namespace Sallyport.Tests.Terraform;

/// <summary>What code marks as sensitive is no more printed than what a plan does.</summary>
public sealed class SensitiveCodeTests
{
    private const string Variables = """
        variable "secret" {
          sensitive = true
          default   = "hush"
        }
        variable "range" {
          sensitive = true
          type      = string
          default   = "198.51.100.7/32"
        }
        variable "plain" {
          sensitive = false
          default   = "open"
        }

        """;

    [Theory]
    [InlineData("var.secret")]
    [InlineData("sensitive(\"hush\")")]
    [InlineData("nonsensitive(var.secret)")]
    [InlineData("\"a-${var.secret}\"")]
    [InlineData("upper(var.secret)")]
    [InlineData("try(upper(var.secret), \"hush\")")]
    [InlineData("{a = var.secret}[\"a\"]")]
    [InlineData("module.inner.value")]
    public void No_text_that_is_marked_gets_anywhere(string expression)
    {
        var estate = CodeFolders.Read(
            ("main.tf", $"{Variables}module \"inner\" {{\n  source = \"./inner\"\n}}\nresource \"aws_security_group\" \"web\" {{\n  name = {expression}\n  description = {expression}\n  tags = {{x = {expression}}}\n}}\n"),
            ("inner/main.tf", "output \"value\" {\n  sensitive = true\n  value = \"hush\"\n}\n")).Estate;
        var group = Assert.Single(estate.SecurityGroups);
        Assert.NotNull(group.UnknownName);
        Assert.NotNull(group.UnknownDescription);
        Assert.DoesNotContain("hush", Written(estate), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_rule_for_a_marked_range_is_a_gap_and_not_left_out_in_silence()
    {
        var estate = CodeFolders.Read($"{Variables}resource \"aws_security_group\" \"web\" {{\n  ingress {{\n    protocol = \"tcp\"\n    from_port = 22\n    to_port = 22\n    cidr_blocks = [var.range]\n  }}\n}}\n").Estate;
        Assert.DoesNotContain("198.51.100", Written(estate), StringComparison.Ordinal);
        Assert.Contains(estate.Gaps, g => g.What == GapKind.Rules && g.Why.Contains("var.range is marked as sensitive", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_marked_and_references_stay_what_they_are()
    {
        var estate = CodeFolders.Read($"{Variables}resource \"aws_security_group\" \"web\" {{\n  name = var.plain\n  ingress {{\n    protocol = \"-1\"\n    from_port = 0\n    to_port = 0\n    security_groups = [sensitive(aws_security_group.db.id)]\n  }}\n}}\nresource \"aws_security_group\" \"db\" {{\n}}\n").Estate;
        var web = Assert.Single(estate.SecurityGroups, g => g.Name == "open");
        Assert.Equal("aws_security_group.db", Assert.IsType<GroupPeer>(Assert.Single(web.Rules).Peer).Group.Value);
    }

    private static string Written(Estate estate)
    {
        using var stream = new MemoryStream();
        SnapshotWriter.Write(estate, stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + string.Join('\n', Audit.Of(estate, AuditOptions.Default).Findings.Select(f => f.ToString()));
    }
}
