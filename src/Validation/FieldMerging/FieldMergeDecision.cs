namespace GraphGateway.Validation;

/// <summary>
/// Decides whether the fields of a document can be merged, with three checks of which each is exact in what it says:
/// <list type="number">
/// <item><see cref="FieldMergeCheck"/> is linear for what people write, and stops where a document is made to be expensive;</item>
/// <item><see cref="FieldClasses"/> is near-linear for any document, and accepts all but those that use a response key for different
/// fields in places that share fragments;</item>
/// <item><see cref="FieldPairCheck"/> is polynomial for any document, and stops at a limit.</item>
/// </list>
/// </summary>
/// <param name="Conflict">The first conflict that was met; null when there is none, or none was found before the limit.</param>
/// <param name="IsExhausted">True when the limit was reached before an answer.</param>
internal readonly record struct FieldMergeDecision(FieldConflict? Conflict, bool IsExhausted)
{
    /// <summary>Decides about the document of a context.</summary>
    public static FieldMergeDecision Of(ValidationContext context)
    {
        var merged = new FieldMergeCheck(context);
        if (merged.Run() is { } conflict)
        {
            return new(conflict, false);
        }

        if (!merged.IsExhausted)
        {
            return default;
        }

        var blocks = new FieldBlocks(context);
        if (FieldClasses.AllAgree(blocks, out _))
        {
            return default;
        }

        var pairs = new FieldPairCheck(blocks);
        var found = pairs.Run();
        return new(found, found is null && pairs.IsExhausted);
    }
}
