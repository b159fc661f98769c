namespace GraphGateway.Operations;

/// <summary>
/// How <c>@cost</c> is read. What the readings share: lists, slicing arguments, and what arguments and fields of input objects cost that are given.
/// </summary>
public enum CostReading
{
    /// <summary>
    /// As IBM's text and HotChocolate have it, two figures: a call counts the field's own weight and those of what it is given, once for each object,
    /// and never less than nothing; each value counts the weight of its type. Where nothing is said a composite type counts 1, and so does a
    /// field that gives one; leaves count nothing.
    /// </summary>
    TwoFigures,

    /// <summary>
    /// As Apollo Router has it, one figure (<see cref="CostFigures.Sum"/>): each value counts the weight of the field, or else of its type, or else 1
    /// where it is composite and nothing where it is a leaf; what a field is given counts once for each call.
    /// </summary>
    OneFigure,
}
