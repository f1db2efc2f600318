using Sallyport.Diagnostics;
using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>
/// The modules that a root module calls. Only local ones (<c>./…</c>, <c>../…</c>) are read; of all others it is only known that
/// they are called.
/// </summary>
/// <param name="read">The module of a folder; null when the folder has no code.</param>
internal sealed class TerraformModuleTree(Func<string, TerraformModule?> read)
{
    private const int Deepest = 24;

    private readonly Dictionary<string, TerraformModule?> _modules = [];
    private readonly SortedDictionary<string, (string Why, SourceSpan At)> _unread = new(StringComparer.Ordinal);

    /// <summary>Calls that could not be followed, by address: why, and where.</summary>
    public IReadOnlyDictionary<string, (string Why, SourceSpan At)> Unread => _unread;

    /// <summary>An instance of the root module.</summary>
    public TerraformModuleInstance Instantiate(TerraformModule root, Func<string, HclValue?> input) =>
        new(root, string.Empty, input, this, new HclEvaluator(new HclBudget()));

    /// <summary>The module that a call names; null, and noted, when it cannot be read.</summary>
    public TerraformModule? ModuleOf(TerraformModule caller, HclBlock call, string path)
    {
        var address = (path.Length == 0 ? string.Empty : path + ".") + $"module.{call.Labels[0]}";
        if (call.Body.Find("source")?.Value is not HclLiteral { Value: HclString source }) return Unreadable("its source is no plain text");
        if (!source.Value.StartsWith("./", StringComparison.Ordinal) && !source.Value.StartsWith("../", StringComparison.Ordinal))
        {
            return Unreadable($"its source \"{source.Value}\" is not in this folder");
        }

        if (path.Split("module.").Length > Deepest) return Unreadable($"modules are nested more than {Deepest} deep");
        var folder = Path.GetRelativePath(".", Path.Combine(caller.Folder, source.Value)).Replace('\\', '/');
        if (!_modules.TryGetValue(folder, out var module)) _modules.Add(folder, module = read(folder));
        return module ?? Unreadable($"there is no code in {folder}");

        TerraformModule? Unreadable(string why)
        {
            _unread.TryAdd(address, (why, call.At));
            return null;
        }
    }
}
