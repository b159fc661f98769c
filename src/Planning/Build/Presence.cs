using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>A step's selection set on the objects of a position.</summary>
internal sealed class Presence(Position position, StepBuilder step, SelectionBuilder selection, GraphType? staticType, TypeSet types, ProvidesView? view)
{
    public Position Position { get; } = position;

    public StepBuilder Step { get; } = step;

    /// <summary>Where the step stands: its source, or what counts as one (<see cref="Stands"/>).</summary>
    public SourceSchema Source { get; init; } = step.Source;

    public SelectionBuilder Selection { get; } = selection;

    /// <summary>The type of the selection set in the source; null below <c>_entities</c>.</summary>
    public GraphType? StaticType { get; } = staticType;

    /// <summary>The runtime types that the objects can have when they come from here.</summary>
    public TypeSet Types { get; set; } = types;

    public ProvidesView? View { get; } = view;

    /// <summary>The step enters here for certain fields alone (<see cref="StepBuilder.AloneWith"/>): a null may skip it, so nothing else is asked of it.</summary>
    public bool IsClosed => Step.AloneWith is not null && Step.Position == Position;

    /// <summary>The field by which the step comes here, and where that stands; null where it is entered here.</summary>
    public (Presence Above, SelectionEntry Entry)? Way { get; init; }

    /// <summary>Others have brought objects here, too, and these are none of theirs: all that is below them is not there yet.</summary>
    public bool IsOfFurther { get; set; }

    /// <summary>The source has an <c>@interfaceObject</c> here: its answer does not tell what the objects are.</summary>
    public bool IsTypeUnknown { get; init; }
}
