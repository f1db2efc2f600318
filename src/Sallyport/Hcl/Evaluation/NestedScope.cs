using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Evaluation;

/// <summary>A few names in front of another scope: those of a for expression, of a splat, of a dynamic block, of count and each.</summary>
internal sealed class NestedScope(IHclScope outer, params (string Name, HclValue Value)[] names) : IHclScope
{
    public HclValue? Find(string root, string name)
    {
        foreach (var (own, _) in names)
        {
            // The name is ours, so its attributes are too.
            if (own == root) return null;
        }

        return outer.Find(root, name);
    }

    public HclValue? Find(string root)
    {
        foreach (var (own, value) in names)
        {
            if (own == root) return value;
        }

        return outer.Find(root);
    }
}
