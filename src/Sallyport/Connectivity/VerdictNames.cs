namespace Sallyport.Connectivity;

/// <summary>The contract's words for verdicts and layers.</summary>
public static class VerdictNames
{
    /// <summary>As written in JSON and text.</summary>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Allowed => "allowed",
        Verdict.Partly => "partly",
        Verdict.DeniedAtEgress => "denied-at-egress",
        Verdict.DeniedAtNacl => "denied-at-nacl",
        Verdict.NoRoute => "no-route",
        Verdict.DeniedAtIngress => "denied-at-ingress",
        Verdict.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };

    /// <summary>The denial that a layer gives.</summary>
    public static Verdict DenialOf(Layer layer) => layer switch
    {
        Layer.Egress => Verdict.DeniedAtEgress,
        Layer.Nacl => Verdict.DeniedAtNacl,
        Layer.Route => Verdict.NoRoute,
        Layer.Ingress => Verdict.DeniedAtIngress,
        _ => throw new ArgumentOutOfRangeException(nameof(layer)),
    };
}
