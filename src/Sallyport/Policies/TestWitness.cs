using Sallyport.Connectivity.Questions;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>One packet that breaks a test.</summary>
/// <param name="From">Who sends it.</param>
/// <param name="To">Who is asked.</param>
/// <param name="Service">Its protocol with one port, or one type and code.</param>
public sealed record TestWitness(WitnessEnd From, WitnessEnd To, Service Service)
{
    /// <summary>A packet between ends that are there now.</summary>
    public static TestWitness Of(Witness witness) => new(WitnessEnd.Of(witness.From), WitnessEnd.Of(witness.To), witness.Service);

    /// <summary><c>eni-… (10.0.1.5) -> 10.0.2.7 tcp/22</c>.</summary>
    public override string ToString() => $"{From} -> {To} {Service}";
}
