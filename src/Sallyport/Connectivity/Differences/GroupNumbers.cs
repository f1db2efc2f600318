using Sallyport.Estates;

namespace Sallyport.Connectivity.Differences;

/// <summary>One number for each group of either estate, whatever its index in each of them.</summary>
internal sealed class GroupNumbers
{
    private readonly List<SecurityGroupId> _ids = [];
    private readonly int[] _ofOld;
    private readonly int[] _ofNew;
    private readonly int[] _inOld;
    private readonly int[] _inNew;

    public GroupNumbers(ConnectivityModel old, ConnectivityModel @new)
    {
        var numbers = new Dictionary<SecurityGroupId, int>();
        _ofOld = Number(old, numbers);
        _ofNew = Number(@new, numbers);
        _inOld = Invert(_ofOld, _ids.Count);
        _inNew = Invert(_ofNew, _ids.Count);
    }

    /// <summary>How many groups there are.</summary>
    public int Count => _ids.Count;

    /// <summary>The group of a number.</summary>
    public SecurityGroupId this[int number] => _ids[number];

    /// <summary>The number of a group of one estate.</summary>
    public int Of(bool isNew, int group) => (isNew ? _ofNew : _ofOld)[group];

    /// <summary>The index of a group in one estate; -1 when that estate has never heard of it.</summary>
    public int In(bool isNew, int number) => (isNew ? _inNew : _inOld)[number];

    private int[] Number(ConnectivityModel model, Dictionary<SecurityGroupId, int> numbers)
    {
        var result = new int[model.GroupCount];
        for (var i = 0; i < result.Length; i++)
        {
            var id = model.GroupId(i);
            if (!numbers.TryGetValue(id, out var number))
            {
                numbers.Add(id, number = _ids.Count);
                _ids.Add(id);
            }

            result[i] = number;
        }

        return result;
    }

    private static int[] Invert(int[] of, int count)
    {
        var result = new int[count];
        Array.Fill(result, -1);
        for (var i = 0; i < of.Length; i++) result[of[i]] = i;
        return result;
    }
}
