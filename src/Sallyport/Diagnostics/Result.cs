using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sallyport.Diagnostics;

/// <summary>A value with what was said while making it. The value is null only when an error was reported.</summary>
public readonly record struct Result<T>
    where T : class
{
    /// <summary>Pairs a value with its diagnostics.</summary>
    public Result(T? value, ImmutableArray<Diagnostic> diagnostics)
    {
        Value = value;
        Diagnostics = diagnostics.IsDefault ? [] : diagnostics;
    }

    /// <summary>Null only when <see cref="Diagnostics"/> holds an error.</summary>
    public T? Value { get; }

    /// <summary>Everything that was said, in the order it was found.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>True when there is a value and nothing said was an error.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Value is not null && Diagnostics.All(d => d.Severity != Severity.Error);

    /// <summary>A failure: one or more errors, no value.</summary>
    public static Result<T> Failed(params ImmutableArray<Diagnostic> diagnostics) => new(null, diagnostics);

    /// <summary>A value nobody had anything to say about.</summary>
    public static Result<T> Ok(T value) => new(value, []);
}
