using GraphGateway.Language;

namespace GraphGateway.Differential;

/// <summary>An object as a server's resolvers hand it around: a dictionary, because that is what the server library takes for any type.</summary>
internal sealed class ServedObject : Dictionary<string, object?>
{
    public ServedObject(WorldObject value, string typeName)
    {
        Object = value;
        this["__typename"] = typeName;
    }

    public WorldObject Object { get; }

    /// <summary>What came with the request, for an entity that was asked for by representation.</summary>
    public IReadOnlyDictionary<string, object?>? Representation { get; init; }

    /// <summary>The object that led here; only the single server needs to know.</summary>
    public ServedObject? Above { get; init; }

    /// <summary>What the field that led here provides.</summary>
    public SelectionSetNode? Provided { get; init; }
}

/// <summary>A fault that was planned.</summary>
internal sealed class InjectedFault() : Exception("injected");

/// <summary>A source was asked for something that it does not serve there.</summary>
internal sealed class WrongRequest(string message) : Exception(message);
