using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Lookups of a source that one step can enter by.</summary>
/// <param name="Id">See <see cref="LookupCalls.EntryOf"/>.</param>
/// <param name="Keys">The lookups, and for which types. Nobody changes them.</param>
internal sealed record EntryCall(string Id, List<KeyUse> Keys);

/// <summary>
/// What follows from one source that stands alone at a position and provides nothing there: the same at all positions where it gives the same types, in all
/// attempts of a plan. PERF: below hundreds of fragments there are as many positions, each of hundreds of types, and it is found type by type.
/// </summary>
internal sealed class Footing
{
    /// <summary>Of types that are asked for a field without arguments those for which a source can be entered that serves it and needs nothing for it.</summary>
    public Dictionary<(SourceSchema Source, string Field, TypeSet Types, bool IsTypeUnknown), TypeSet> Enterable { get; } = [];

    /// <summary>After how many fetches a source can be asked for all of some types, and how many selections its keys have at most.</summary>
    public Dictionary<(SourceSchema Source, TypeSet Types), (int Depth, int KeySize)> Weights { get; } = [];

    /// <summary>Whether a source with an object in the interface's place gives a field without arguments of all of the objects, whose types nobody has told (<see cref="TypeRecovery"/>).</summary>
    public Dictionary<(SourceSchema Source, string Field, GraphType Type, bool IsWide), bool> ServedWithoutType { get; } = [];

    /// <summary>How a source is entered for some types, where that is one call.</summary>
    public Dictionary<(SourceSchema Source, TypeSet Types), EntryCall> Calls { get; } = [];
}
