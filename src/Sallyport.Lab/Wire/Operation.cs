namespace Sallyport.Lab.Wire;

/// <summary>One action of the API: its name, its parameters and what it does.</summary>
internal sealed class Operation
{
    /// <summary>Declares an action; <paramref name="parameters"/> is the notation of <see cref="ParameterShape"/>.</summary>
    public Operation(string name, string parameters, bool changes, Func<Call, IReply> run)
    {
        Name = name;
        Parameters = ParameterShape.Parse(parameters);
        Changes = changes;
        Run = run;
    }

    public string Name { get; }

    public ParameterShape Parameters { get; }

    /// <summary>True when a successful call may change the lab's state, which is then saved before the answer.</summary>
    public bool Changes { get; }

    /// <summary>Carries the action out under the lab's lock, or throws <see cref="Refusal"/> having changed nothing.</summary>
    public Func<Call, IReply> Run { get; }

    /// <summary>An action that changes state.</summary>
    public static Operation Change(string name, string parameters, Func<Call, IReply> run) => new(name, parameters, changes: true, run);

    /// <summary>An action that reads.</summary>
    public static Operation Read(string name, string parameters, Func<Call, IReply> run) => new(name, parameters, changes: false, run);
}
