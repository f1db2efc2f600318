using System.Text;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Terraform;
using Sallyport.Tests.Estates.Snapshots;

namespace Sallyport.Tests.Terraform;

/// <summary>Folders are read side by side: how many at once shows in nothing but time.</summary>
public class TerraformWorkersTests
{
    [Fact]
    public void One_worker_and_many_give_the_same_estate_and_say_the_same_in_the_same_order()
    {
        var alone = Read(1);
        for (var round = 0; round < 20; round++)
        {
            var together = Read(8);
            Assert.Equal(alone.Roots, together.Roots);
            Assert.Equal(alone.Said, together.Said);
            Assert.Equal(alone.Estate, together.Estate);
        }
    }

    [Fact]
    public void What_is_wrong_with_a_shared_module_is_said_by_the_first_that_calls_it()
    {
        var (roots, said, estate) = Read(8);

        Assert.Equal(31, roots.Length);
        Assert.Equal(["modules/broken/main.tf"], said.Where(d => d.Severity == Severity.Error && d.At!.File.StartsWith("modules/", StringComparison.Ordinal)).Select(d => d.At!.File));
        Assert.Equal(5, said.Count(d => d.At?.File.EndsWith("terraform.tfvars", StringComparison.Ordinal) == true));
        Assert.Equal(4, said.Count(d => d.Message.Contains("elsewhere", StringComparison.Ordinal)));
        Assert.Contains("teams/10#aws_security_group.web", estate, StringComparison.Ordinal);
        Assert.Contains("teams/10#module.net.aws_security_group.inner", estate, StringComparison.Ordinal);

        // Values that cannot be read, and a call of the broken module.
        Assert.DoesNotContain("teams/03#aws_security_group.web", estate, StringComparison.Ordinal);
        Assert.DoesNotContain("teams/05#aws_security_group.web", estate, StringComparison.Ordinal);
    }

    private static (string[] Roots, Diagnostic[] Said, string Estate) Read(int workers)
    {
        var files = Files().ToLookup(f => Path.GetDirectoryName(f.Path)!);
        var code = new TerraformCode(folder => [.. files[folder].Select(f => new TerraformText(f.Path, f.Text))]) { Workers = workers };
        var builder = new EstateBuilder();
        var roots = code.Roots(files.Select(f => f.Key));
        var said = code.Read([.. roots.Select(r => (r, new EstateFile(r) { Unit = r }))], builder, CancellationToken.None);
        return ([.. roots], [.. said, .. code.TakeProblems()], Encoding.UTF8.GetString(SnapshotTests.Write(builder.Build())));
    }

    // Thirty teams that share a module, some of which call a broken or an absent one or have values that are no values; two modules in a ring.
    private static IEnumerable<(string Path, string Text)> Files()
    {
        yield return ("modules/net/main.tf", """
            variable "name" {}
            resource "aws_security_group" "inner" {
              name = var.name
            }
            """);
        yield return ("modules/broken/main.tf", "resource \"aws_security_group\" \"none\" {");
        yield return ("ring/one/main.tf", "module \"two\" {\n  source = \"../two\"\n}");
        yield return ("ring/two/main.tf", "module \"one\" {\n  source = \"../one\"\n}");
        for (var team = 0; team < 30; team++)
        {
            var folder = $"teams/{team:D2}";
            var source = (team % 7, team % 10) switch { (5, _) => "../../modules/broken", (6, _) => "example.com/elsewhere", _ => "../../modules/net" };
            yield return ($"{folder}/main.tf", $$"""
                variable "open" { default = "10.0.0.0/8" }
                module "net" {
                  source = "{{source}}"
                  name   = "net{{team}}"
                }
                resource "aws_security_group" "web" {
                  name = "web{{team}}"
                  ingress {
                    from_port       = 443
                    to_port         = 443
                    protocol        = "tcp"
                    cidr_blocks     = [var.open]
                    security_groups = [module.net.id]
                  }
                }
                """);
            if (team % 3 == 0) yield return ($"{folder}/terraform.tfvars", team % 6 == 3 ? "open = " : "open = \"192.0.2.0/24\"\n");
        }
    }
}
