using Microsoft.AspNetCore.Http;

namespace GraphGateway.ControlPlane;

/// <summary>Pages that say why there is nothing else, and what to do.</summary>
internal static class Refusals
{
    private const int MostStages = 50;

    public static Page Of(int status, string title, string words) => new(title, Html.Of("p", words)) { Status = status };

    /// <summary>The key is not for this: whoever asks hears nothing of whether it is there.</summary>
    public static Page Forbidden(PageCall call, string where) => Forbidden(call, new ApiProblem(
        ApiProblemCode.Forbidden,
        $"The key of {call.Caller.Name} has not the role read{where}, which this page needs.",
        $"It may: {(call.Caller.Scopes.IsEmpty ? "nothing" : string.Join(", ", call.Caller.Scopes))}. Who has an admin key can make one that may more."));

    /// <summary>There is nothing of that name: what there is that the key may read is told.</summary>
    public static async Task<Page> NotFoundAsync(PageCall call, string words)
    {
        var stages = (await call.Registry.StagesAsync(null, call.Cancellation)).Where(stage => call.MayRead(stage.Graph, stage.Stage)).ToList();
        return new Page("There is no such page", Html.Many(
            Html.Of("p", words),
            stages.Count == 0 ? Html.Of("p", "There is no stage yet that your key may read.") : Html.Many(
                Html.Of("p", stages.Count > MostStages ? $"The first {MostStages} of {stages.Count} stages that there are:" : "There are these stages:"),
                Html.Of("ul", [.. stages.Take(MostStages).Select(stage => Html.Of("li", Html.Link(PagePaths.Stage(stage.Graph, stage.Stage), $"{stage.Stage} of {stage.Graph}")))]))))
        {
            Status = StatusCodes.Status404NotFound,
        };
    }

    private static Page Forbidden(PageCall call, ApiProblem problem) => new("This is not for your key", Html.Many(
        Html.Of("p", problem.Detail),
        Html.Of("p", problem.Advice),
        Html.Of("p", Html.Link(PagePaths.Root, $"What {call.Caller.Name} may see"))))
    {
        Status = StatusCodes.Status403Forbidden, Refusal = problem,
    };
}
