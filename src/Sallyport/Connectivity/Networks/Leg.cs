using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>One direction of a path, as walked so far.</summary>
internal sealed class Leg(Station from)
{
    private int _crossingsBefore;

    /// <summary>How it ended.</summary>
    public LegEnd End { get; set; } = LegEnd.Unknown;

    /// <summary>Who sends: at first the source, then each NAT gateway that lent its address, in order of travel.</summary>
    public List<Station> Senders { get; } = [from];

    /// <summary>Who sends now.</summary>
    public Station Sender => Senders[^1];

    /// <summary>True when it certainly left the subnet of who sends now.</summary>
    public bool HasLeftSender => Crossings.Count > _crossingsBefore;

    /// <summary>Borders of subnets on the way.</summary>
    public List<Crossing> Crossings { get; } = [];

    /// <summary>What there is to say.</summary>
    public List<PathNote> Notes { get; } = [];

    /// <summary>The route through which it left for the internet.</summary>
    public RouteChoice? Exit { get; set; }

    /// <summary>True when it passes something that references to groups do not see through.</summary>
    public bool HidesGroups { get; set; }

    /// <summary>
    /// Index of the sender from whose subnet on an unread route may lead it to a gateway endpoint instead; null when none may.
    /// </summary>
    public int? ContestedFrom { get; set; }

    /// <summary>Of a contested leg: true when it crosses the border of that sender's subnet whichever way it goes.</summary>
    public bool IsServiceBorderShared { get; set; }

    /// <summary>True once it may be elsewhere.</summary>
    public bool IsContested => ContestedFrom is not null;

    /// <summary>True when an unread route may lead it to something that carries nothing.</summary>
    public bool IsDoubtful { get; set; }

    /// <summary>A NAT gateway lends its address: from here on it sends.</summary>
    public void ChangeSender(Station nat)
    {
        Senders.Add(nat);
        _crossingsBefore = Crossings.Count;
    }

    /// <summary>Ends the leg with a certain stop; a contested one only may have come here.</summary>
    public void Stop(string resource, string text)
    {
        End = IsContested ? LegEnd.Unknown : LegEnd.Stopped;
        Notes.Add(new PathNote(Layer.Route, resource, text) { Stops = IsContested ? ServiceSet.Empty : ServiceSet.Any });
    }

    /// <summary>Ends the leg at something that was not read.</summary>
    public void Lose(string resource, string text)
    {
        End = LegEnd.Unknown;
        Notes.Add(new PathNote(Layer.Route, resource, text) { IsGap = true });
    }
}
