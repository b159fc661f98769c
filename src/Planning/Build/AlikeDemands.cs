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
    // By source; empty where nobody has found it out, or nothing. Null as long as that is so for all.
    private TypeSet[]? enterable;
    private bool isNoted;
    private Demand? last;

    /// <summary>Goes on to a demand: what is known holds for it, too, or is forgotten.</summary>
    public void Next(Demand demand)
    {
        if (isNoted && (last!.Field.Definition.Name != demand.Field.Definition.Name || last.Types != demand.Types))
        {
            Array.Clear(enterable!);
            isNoted = false;
        }

        last = demand;
    }

    /// <summary>For which types the source can be entered and asked for the field without arguments, which needs nothing; empty where nobody has found that out, or there is none.</summary>
    public TypeSet EnterableIn(SourceSchema source) => enterable is null ? default : enterable[source.Ordinal];

    /// <summary>Notes what <see cref="EnterableIn"/> gives. PERF: that there is none is found as fast again.</summary>
    public void Note(SourceSchema source, TypeSet types)
    {
        if (!types.IsEmpty)
        {
            (enterable ??= new TypeSet[sourceCount])[source.Ordinal] = types;
            isNoted = true;
        }
    }
}
