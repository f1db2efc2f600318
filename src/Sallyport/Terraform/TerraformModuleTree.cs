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
    private const int MostCalls = 20_000;

    private readonly SortedDictionary<string, UnreadCall> _unread = new(StringComparer.Ordinal);
    private int _calls;

    /// <summary>Calls that could not be followed, by address.</summary>
    public IReadOnlyDictionary<string, UnreadCall> Unread => _unread;

    /// <summary>An instance of the root module.</summary>
    public TerraformModuleInstance Instantiate(TerraformModule root, Func<string, HclValue?> input) =>
        new(root, string.Empty, input, this, new HclEvaluator(new HclBudget()), static _ => null);

    /// <summary>The module that a call names; null, and noted, when it cannot be read.</summary>
    public TerraformModule? ModuleOf(TerraformModuleInstance caller, HclBlock call)
    {
        var address = (caller.Path.Length == 0 ? string.Empty : caller.Path + ".") + $"module.{call.Labels[0]}";
        if (ModuleSource.Of(call) is not { } source) return Unreadable("its source is no plain text");
        if (KnownModules.Of(source, call.At) is { } known) return known;
        if (!source.IsLocal) return Unreadable($"its source \"{source.Text}\" is not in this folder");
        var folder = source.From(caller.Module.Folder);
        var depth = 0;
        for (var above = caller; above is not null; above = above.Caller)
        {
            if (above.Module.Folder == folder) return Unreadable("it calls itself");
            depth++;
        }

        // Modules that call others twice double with each level.
        if (depth > Deepest) return Unreadable($"modules are nested more than {Deepest} deep");
        if (++_calls > MostCalls) return Unreadable($"there are more than {MostCalls} calls of modules");
        return read(folder) ?? Unreadable($"there is no code in {folder}");

        TerraformModule? Unreadable(string why)
        {
            _unread.TryAdd(address, new UnreadCall(why, call.At));
            return null;
        }
    }

    /// <summary>Notes a value that was handed to a module that could not be read.</summary>
    public void NoteGiven(string address, HclValue value)
    {
        if (_unread.TryGetValue(address, out var call)) call.NoteGiven(value);
    }
}
