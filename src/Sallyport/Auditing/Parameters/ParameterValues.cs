using System.Collections.Immutable;

namespace Sallyport.Auditing.Parameters;

/// <summary>The values of one run: defaults, and what somebody set.</summary>
public sealed class ParameterValues
{
    private readonly ImmutableDictionary<string, object> _set;

    private ParameterValues(ImmutableDictionary<string, object> set) => _set = set;

    /// <summary>Every default.</summary>
    public static ParameterValues Defaults { get; } = new(ImmutableDictionary<string, object>.Empty);

    /// <summary>The value of a parameter.</summary>
    public T Get<T>(AuditParameterOf<T> parameter)
        where T : notnull => _set.TryGetValue(parameter.Name, out var value) ? (T)value : parameter.Default;

    /// <summary>The same values with one set.</summary>
    public ParameterValues With<T>(AuditParameterOf<T> parameter, T value)
        where T : notnull => new(_set.SetItem(parameter.Name, value));

    /// <summary>The same values with one read from text; <paramref name="problem"/> is a clause that says what is wrong.</summary>
    public bool TryWith(string name, string text, out ParameterValues values, out string? problem)
    {
        values = this;
        foreach (var parameter in AuditParameters.All)
        {
            if (parameter.Name != name) continue;
            if (parameter.Read(text, out problem) is not { } value) return false;
            values = new ParameterValues(_set.SetItem(name, value));
            return true;
        }

        problem = $"there is no audit parameter \"{name}\"";
        return false;
    }
}
