using GraphGateway.TypeSystem;

namespace GraphGateway.Differential;

/// <summary>A field without fields below, as it was selected.</summary>
internal sealed record Leaf(CompositeType Type, string Key, string Call, string Shape, string Text);

/// <summary>
/// The response keys that are taken at one place of the response, over all fragments that write there, so that what is generated merges
/// (Spec §5.3.2): the same call under one key, or calls of one shape on object types that exclude each other.
/// </summary>
internal sealed class Scope
{
    private readonly Dictionary<string, List<Use>> uses = new(StringComparer.Ordinal);

    /// <summary>The leaves that are selected at the place.</summary>
    public List<Leaf> Leaves { get; } = [];

    /// <summary>The scope below the field, or null when the key cannot be used for it.</summary>
    /// <param name="key">The response key.</param>
    /// <param name="objectType">The type that the field is selected on when it is an object type; else empty.</param>
    /// <param name="call">Field and arguments.</param>
    /// <param name="shape">The type with the composite's name left out.</param>
    public Scope? Take(string key, string objectType, string call, string shape)
    {
        if (!uses.TryGetValue(key, out var taken))
        {
            uses.Add(key, taken = []);
        }

        foreach (var use in taken)
        {
            var areExclusive = use.ObjectType.Length > 0 && objectType.Length > 0 && use.ObjectType != objectType;
            if (use.Shape != shape || (!areExclusive && use.Call != call))
            {
                return null;
            }
        }

        var below = taken.Count > 0 ? taken[0].Below : new Scope();
        taken.Add(new Use(objectType, call, shape, below));
        return below;
    }

    private sealed record Use(string ObjectType, string Call, string Shape, Scope Below);
}
