using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using GraphGateway.Execution;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Gateway;

/// <summary>By what entities are found when something is to be forgotten: their source and type, what they were asked by, and their tags.</summary>
/// <param name="supergraph">The graph.</param>
internal sealed class EntityLabels(Supergraph supergraph)
{
    // One for each type of each source, at most.
    private readonly ConcurrentDictionary<(int Source, string Place, string? Told), (FrozenSet<string> Types, ImmutableArray<TagFormat> Formats)> known = [];

    private readonly ConcurrentDictionary<(int Source, string Place, string Argument), string> fields = [];

    /// <summary>Those of one entity.</summary>
    /// <param name="notes">With what it was asked for.</param>
    /// <param name="key">Its key, of which it has the inputs.</param>
    /// <param name="told">The tags that its source said.</param>
    public KeptLabels Of(EntityNotes notes, in FlightKey key, IEnumerable<string> told)
    {
        var lookup = notes.Lookup;
        if (notes.KeyFields.IsDefault)
        {
            notes.KeyFields = [.. lookup.KeyArguments.Select(argument => argument is null ? "" : FieldOf(lookup, argument))];
        }

        var inputs = new EntityInputs(EntityCaching.InputsOf(key).ToArray(), notes.KeyFields);
        var (types, formats) = known.GetOrAdd((lookup.Source.Ordinal, lookup.Type, inputs.Type), place => Find(lookup.Source, place.Place, place.Told));
        var tags = ImmutableArray.CreateBuilder<string>();
        tags.AddRange(told);
        var open = ImmutableArray.CreateBuilder<TagFormat>();
        foreach (var format in formats)
        {
            if (format.Write(inputs.TextOf) is { } tag)
            {
                tags.Add(tag);
            }
            else
            {
                open.Add(format);
            }
        }

        return new KeptLabels(new KeptPart(lookup.Source.Name) { Types = types, Tags = tags.ToImmutable(), Formats = open.ToImmutable(), Inputs = inputs });
    }

    private string FieldOf(EntityLookup lookup, string argument) =>
        fields.GetOrAdd((lookup.Source.Ordinal, lookup.Type, argument), place => EntityKeys.FieldOf(supergraph, lookup.Source, place.Place, place.Argument) ?? "");

    // An entity that its representation names has that type; else it is any of those that can stand there.
    private (FrozenSet<string> Types, ImmutableArray<TagFormat> Formats) Find(SourceSchema source, string place, string? told)
    {
        var types = PlanLabels.WithPossible(supergraph, told is null ? [place] : [place, told]);
        return (PlanLabels.WithAbstract(supergraph, types), [.. PlanLabels.FormatsOf(supergraph, source, told is null ? types : [told])]);
    }
}
