using System.Text;

namespace GraphGateway.ControlPlane;

/// <summary>What all pages have around them.</summary>
internal static class PageLayout
{
    /// <summary>The whole document.</summary>
    /// <param name="page">The page.</param>
    /// <param name="who">Who has signed in; null: nobody.</param>
    public static string Write(Page page, string? who)
    {
        var output = new StringBuilder("<!DOCTYPE html>\n");
        Html.Of(
            "html",
            Html.Of(
                "head",
                Html.Of("meta").With("charset", "utf-8"),
                Html.Of("meta").With("name", "viewport").With("content", "width=device-width, initial-scale=1"),
                Html.Of("meta").With("name", "color-scheme").With("content", "light dark"),
                Html.Of("title", $"{page.Title} - GraphGateway registry"),
                Html.Of("link").With("rel", "stylesheet").With("href", PagePaths.Style)),
            "\n",
            Html.Of(
                "body",
                Html.Link("#content", "Skip to the content").Class("skip"),
                Html.Of(
                    "header",
                    Html.Link(PagePaths.Root, Html.Of("span", "GraphGateway"), " registry").Class("brand"),
                    who is null ? null : Html.Of(
                        "form",
                        Html.Of("span", who).Class("who"),
                        Html.Of("button", "Sign out").With("type", "submit")).With("method", "post").With("action", PagePaths.SignOut)),
                "\n",
                Html.Of(
                    "main",
                    page.Trail.IsEmpty ? null : Html.Of(
                        "nav", Html.Of("ol", [.. page.Trail.Select(place => Html.Of("li", Html.Link(place.Path, place.Name)))])).With("aria-label", "Above this page").Class("trail"),
                    Html.Of("h1", page.Title, page.Mark is null ? null : " ", page.Mark),
                    page.Body).Id("content"),
                "\n",
                Html.Of("footer", Html.Of(
                    "p", "These pages only show what is there. Commands (", Html.Of("code", "graphgateway publish"), ", ", Html.Of("code", "promote"), ", ", Html.Of("code", "rollback"), ") and the API change it."))))
            .With("lang", "en").Write(output);
        return output.Append('\n').ToString();
    }
}
