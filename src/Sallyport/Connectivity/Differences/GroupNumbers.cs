using Sallyport.Estates;

namespace Sallyport.Connectivity.Differences;

/// <summary>One number for each group of either estate, whatever its index in each of them.</summary>
internal sealed class GroupNumbers
{
    private readonly SecurityGroupId[] _ids;
    private readonly int[] _ofOld;
    private readonly int[] _ofNew;
    private readonly int[] _inOld;
    private readonly int[] _inNew;

    public GroupNumbers(ConnectivityModel old, ConnectivityModel @new)
    {
        // By id, so that which of the two estates is the old one makes no difference to what is found first.
        _ids = [.. Ids(old).Union(Ids(@new)).Order()];
        var numbers = new Dictionary<SecurityGroupId, int>(_ids.Length);
        for (var i = 0; i < _ids.Length; i++) numbers.Add(_ids[i], i);
        _ofOld = [.. Ids(old).Select(id => numbers[id])];
        _ofNew = [.. Ids(@new).Select(id => numbers[id])];
        _inOld = Invert(_ofOld, _ids.Length);
        _inNew = Invert(_ofNew, _ids.Length);
    }

    /// <summary>How many groups there are.</summary>
    public int Count => _ids.Length;

    /// <summary>The group of a number.</summary>
    public SecurityGroupId this[int number] => _ids[number];

    /// <summary>The number of a group of one estate.</summary>
    public int Of(bool isNew, int group) => (isNew ? _ofNew : _ofOld)[group];

    /// <summary>The index of a group in one estate; -1 when that estate has never heard of it.</summary>
    public int In(bool isNew, int number) => (isNew ? _inNew : _inOld)[number];

    private static IEnumerable<SecurityGroupId> Ids(ConnectivityModel model) => Enumerable.Range(0, model.GroupCount).Select(model.GroupId);

    private static int[] Invert(int[] of, int count)
    {
        var result = new int[count];
        Array.Fill(result, -1);
        for (var i = 0; i < of.Length; i++) result[of[i]] = i;
        return result;
    }
}
