namespace Sallyport.Auditing.Parameters;

/// <summary>The values of one run: defaults, and what somebody set.</summary>
public sealed class ParameterValues
{
    // Never changed: whoever sets one copies the few there are.
    private readonly Dictionary<string, object> _set;

    private ParameterValues(Dictionary<string, object> set) => _set = set;

    /// <summary>Every default.</summary>
    public static ParameterValues Defaults { get; } = new([]);

    /// <summary>The value of a parameter.</summary>
    public T Get<T>(AuditParameterOf<T> parameter)
        where T : notnull => _set.TryGetValue(parameter.Name, out var value) ? (T)value : parameter.Default;

    /// <summary>The same values with one set.</summary>
    public ParameterValues With<T>(AuditParameterOf<T> parameter, T value)
        where T : notnull => With(parameter.Name, value);

    /// <summary>The same values with one read from text; <paramref name="problem"/> is a clause that says what is wrong.</summary>
    public bool TryWith(string name, string text, out ParameterValues values, out string? problem)
    {
        values = this;
        foreach (var parameter in AuditParameters.All)
        {
            if (parameter.Name != name) continue;
            if (parameter.Read(text, out problem) is not { } value) return false;
            values = With(name, value);
            return true;
        }

        problem = $"there is no audit parameter \"{name}\"";
        return false;
    }

    private ParameterValues With(string name, object value) => new(new Dictionary<string, object>(_set) { [name] = value });
}
