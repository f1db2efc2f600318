using System.Collections.Immutable;
using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>
/// The arguments of a resource or nested block, read as what the mapping needs them to be. What could not be read is remembered:
/// the first unknown value, and the first value of a wrong kind.
/// </summary>
internal sealed class TerraformFields(HclMap values)
{
    /// <summary>A clause that names the first unknown argument and why it is; null when all were known.</summary>
    public string? Unknown { get; private set; }

    /// <summary>A clause about the first argument that holds what Terraform would refuse; null when there was none.</summary>
    public string? Wrong { get; private set; }

    /// <summary>The argument's value; null when it is absent or null.</summary>
    public HclValue? this[string name] => values.Items.TryGetValue(name, out var value) && value is not HclNull ? value : null;

    /// <summary>True when the argument is given and not known to be empty.</summary>
    public bool Has(string name) => this[name] is { } value and not HclList { Items.IsEmpty: true } and not HclString { Value: "" };

    /// <summary>Text; null when absent or unknown.</summary>
    public string? Text(string name)
    {
        if (this[name] is not { } value) return null;
        switch (HclConversion.ToText(value))
        {
            case HclString text: return text.Value;
            case HclUnknown unknown: NoteUnknown(name, unknown); return null;
            default: NoteWrong(name, "text"); return null;
        }
    }

    /// <summary>A whole number; null when absent or unknown.</summary>
    public int? Number(string name)
    {
        if (this[name] is not { } value) return null;
        switch (HclConversion.ToNumber(value))
        {
            case HclNumber { Value: var number } when Math.Abs(number) <= int.MaxValue && number == Math.Floor(number): return (int)number;
            case HclUnknown unknown when !ReferenceEquals(unknown, HclNumber.OutOfRange): NoteUnknown(name, unknown); return null;
            default: NoteWrong(name, "a whole number"); return null;
        }
    }

    /// <summary>A truth; false when absent or unknown.</summary>
    public bool Bool(string name)
    {
        if (this[name] is not { } value) return false;
        switch (HclConversion.ToBool(value))
        {
            case HclBool truth: return truth.Value;
            case HclUnknown unknown: NoteUnknown(name, unknown); return false;
            default: NoteWrong(name, "true or false"); return false;
        }
    }

    /// <summary>
    /// The items of a list, or the one value where a single one stands; nulls are left out. An unknown list has no items, and is noted; an unknown
    /// single value is one item, for it may be known what it refers to.
    /// </summary>
    public ImmutableArray<HclValue> Items(string name)
    {
        switch (this[name])
        {
            case null: return [];
            case HclList list: return list.Items.Any(i => i is HclNull) ? [.. list.Items.Where(i => i is not HclNull)] : list.Items;
            case HclUnknown unknown when !IsSingle(name): NoteUnknown(name, unknown); return [];
            case var one: return [one];
        }
    }

    /// <summary>The texts of a list; unknown items are left out and noted.</summary>
    public ImmutableArray<string> Texts(string name)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in Items(name))
        {
            switch (HclConversion.ToText(item))
            {
                case HclString text: texts.Add(text.Value); break;
                case HclUnknown unknown: NoteUnknown(name, unknown); break;
                default: NoteWrong(name, "a list of text"); break;
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>Nested blocks, or the maps of a list that stands for them, each with its position; unknown ones are left out and noted.</summary>
    public ImmutableArray<(int Position, HclMap Values)> Blocks(string name)
    {
        var blocks = ImmutableArray.CreateBuilder<(int, HclMap)>();
        var position = 0;
        foreach (var item in Items(name))
        {
            switch (item)
            {
                case HclMap map: blocks.Add((position, map)); break;
                case HclUnknown unknown: NoteUnknown(name, unknown); break;
                default: NoteWrong(name, "blocks"); break;
            }

            position++;
        }

        return blocks.ToImmutable();
    }

    /// <summary>Notes that an argument is unknown.</summary>
    public void NoteUnknown(string name, HclUnknown unknown) => Unknown ??= $"its {name} cannot be told: {unknown.Why}";

    // The provider's arguments that take one thing are called after one.
    private static bool IsSingle(string name) => name.EndsWith("_id", StringComparison.Ordinal) || name.EndsWith("_group", StringComparison.Ordinal);

    private void NoteWrong(string name, string expected) => Wrong ??= $"its {name} is not {expected}";
}
