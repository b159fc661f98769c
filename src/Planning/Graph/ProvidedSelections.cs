using System.Collections.Concurrent;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// One node for all <c>@provides</c> with the same text: what fields of several types provide alike is then the same view (<see cref="ProvidesView"/>), and is asked
/// in one selection.
/// </summary>
internal sealed class ProvidedSelections
{
    private readonly ConcurrentDictionary<string, SelectionSetNode> byText = new(StringComparer.Ordinal);

    /// <summary>The field with the node that stands for what it provides.</summary>
    public FieldInSource In(FieldInSource field)
    {
        if (field.Provides is not { } provides)
        {
            return field;
        }

        var one = byText.GetOrAdd(Printer.Print(provides), provides);
        return one == provides ? field : field with { Provides = one };
    }
}
