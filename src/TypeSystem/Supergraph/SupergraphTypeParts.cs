namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>What is collected about one type's sources while a supergraph is put together; <see cref="SupergraphAssembler"/> takes it.</summary>
public sealed class SupergraphTypeParts
{
    /// <summary>The sources that define the type.</summary>
    public List<TypeInSource> Sources { get; } = [];

    /// <summary>By field name, the sources of the field.</summary>
    public Dictionary<string, List<FieldInSource>> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>The lookups of the type.</summary>
    public List<Lookup> Lookups { get; } = [];

    /// <summary>The names of the fields that the gateway answers itself (<see cref="SupergraphField.IsGateways"/>).</summary>
    public HashSet<string> GatewayFields { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a source to a field.</summary>
    public void AddField(string name, FieldInSource field)
    {
        if (!Fields.TryGetValue(name, out var sources))
        {
            Fields.Add(name, sources = new(1));
        }

        sources.Add(field);
    }
}
