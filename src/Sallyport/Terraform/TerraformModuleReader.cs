using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Hcl.Syntax;

namespace Sallyport.Terraform;

/// <summary>Puts the parsed files of a folder together into a module.</summary>
internal static class TerraformModuleReader
{
    /// <summary>Reads the module. Files are in ordinal order of their names; <c>override.tf</c> and <c>*_override.tf</c> come last.</summary>
    public static TerraformModule Read(string folder, IEnumerable<(string File, HclBody Body)> files, ICollection<Diagnostic> problems)
    {
        var resources = new Dictionary<string, TerraformBlock>();
        var order = new List<string>();
        var variables = ImmutableDictionary.CreateBuilder<string, HclBlock>();
        var locals = ImmutableDictionary.CreateBuilder<string, HclAttribute>();
        var outputs = ImmutableDictionary.CreateBuilder<string, HclBlock>();
        var calls = ImmutableDictionary.CreateBuilder<string, HclBlock>();
        var providers = ImmutableArray.CreateBuilder<HclBlock>();
        foreach (var (file, body) in files.OrderBy(f => IsOverride(f.File)).ThenBy(f => f.File, StringComparer.Ordinal))
        {
            var isOverride = IsOverride(file);
            foreach (var block in body.Blocks)
            {
                switch (block.Type, block.Labels.Length)
                {
                    case ("resource" or "data", 2):
                        var made = new TerraformBlock(block.Type == "data", block.Labels[0], block.Labels[1], block.Body, block.At);
                        if (!resources.TryGetValue(made.Address, out var earlier)) order.Add(made.Address);
                        else if (isOverride) made = earlier with { Body = Override(earlier.Body, made.Body) };
                        else problems.Add(TerraformDiagnostics.Duplicate(made.Address, earlier.At, block.At));
                        resources[made.Address] = made;
                        break;
                    case ("variable", 1): Put(variables, block); break;
                    case ("output", 1): Put(outputs, block); break;
                    case ("module", 1): Put(calls, block); break;
                    case ("provider", 1): providers.Add(block); break;
                    case ("locals", 0):
                        foreach (var local in block.Body.Attributes)
                        {
                            if (locals.TryGetValue(local.Name, out var other) && !isOverride) problems.Add(TerraformDiagnostics.Duplicate($"local.{local.Name}", other.At, local.At));
                            locals[local.Name] = local;
                        }

                        break;
                }

                void Put(ImmutableDictionary<string, HclBlock>.Builder into, HclBlock block)
                {
                    var name = block.Labels[0];
                    if (!into.TryGetValue(name, out var other)) into.Add(name, block);
                    else if (isOverride) into[name] = other with { Body = Override(other.Body, block.Body) };
                    else problems.Add(TerraformDiagnostics.Duplicate($"{block.Type}.{name}", other.At, block.At));
                }
            }
        }

        return new TerraformModule(folder)
        {
            Resources = [.. order.Select(a => resources[a])],
            Variables = variables.ToImmutable(),
            Locals = locals.ToImmutable(),
            Outputs = outputs.ToImmutable(),
            Calls = calls.ToImmutable(),
            Providers = providers.ToImmutable(),
        };
    }

    private static bool IsOverride(string file)
    {
        var name = Path.GetFileName(file);
        return name is "override.tf" or "override.tf.json"
            || name.EndsWith("_override.tf", StringComparison.Ordinal) || name.EndsWith("_override.tf.json", StringComparison.Ordinal);
    }

    // Attributes replace attributes; blocks of a type replace all of that type.
    private static HclBody Override(HclBody old, HclBody over)
    {
        var names = over.Attributes.Select(a => a.Name).ToHashSet();
        var types = over.Blocks.Select(b => b.Type).ToHashSet();
        return old with
        {
            Attributes = [.. old.Attributes.Where(a => !names.Contains(a.Name)), .. over.Attributes],
            Blocks = [.. old.Blocks.Where(b => !types.Contains(b.Type)), .. over.Blocks],
        };
    }
}
