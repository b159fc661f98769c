using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// What holds for one demand after another that is of the same field and types at one position. PERF: an operation can select the same object under many aliases, and a hundred
/// sources can have it.
/// </summary>
/// <param name="sourceCount">How many sources there are.</param>
internal sealed class AlikeDemands(int sourceCount)
{
    private readonly TypeSet?[] enterable = new TypeSet?[sourceCount];
    private Demand? last;
    private bool isEmpty = true;

    /// <summary>Goes on to a demand: what is known holds for it, too, or is forgotten.</summary>
    public void Next(Demand demand)
    {
        if (!isEmpty && (last!.Field.Definition.Name != demand.Field.Definition.Name || last.Types != demand.Types))
        {
            Array.Clear(enterable);
            isEmpty = true;
        }

        last = demand;
    }

    /// <summary>For which types the source can be entered and asked for the field without arguments, which needs nothing; null where nobody has found that out.</summary>
    public TypeSet? EnterableIn(SourceSchema source) => enterable[source.Ordinal];

    /// <summary>Notes what <see cref="EnterableIn"/> gives; where there is none it is found as fast again.</summary>
    public void Note(SourceSchema source, TypeSet types)
    {
        if (!types.IsEmpty)
        {
            enterable[source.Ordinal] = types;
            isEmpty = false;
        }
    }
}
