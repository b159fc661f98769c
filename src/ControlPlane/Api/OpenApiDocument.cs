using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;

namespace GraphGateway.ControlPlane;

/// <summary>
/// The API as <see href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI 3.1</see> describes it, made of its operations; the schemas, which are JSON Schema there,
/// of the types that are read and written.
/// </summary>
internal static class OpenApiDocument
{
    private const string Schemas = "#/components/schemas/";

    private static readonly JsonSchemaExporterOptions Export = new() { TreatNullObliviousAsNonNullable = true };

    // Of an answer what has no value is left out, and a newer server can answer more.
    private static readonly JsonSchemaExporterOptions ExportAnswer = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = WithoutLeftOut };

    public static JsonObject Of(IReadOnlyCollection<ApiOperation> operations)
    {
        var paths = new JsonObject();
        foreach (var path in operations.GroupBy(operation => operation.Path))
        {
            var methods = new JsonObject();
            foreach (var operation in path)
            {
                methods[operation.Method.ToLowerInvariant()] = Describe(operation);
            }

            paths[path.Key] = methods;
        }

        var schemas = new JsonObject { ["Problem"] = ProblemSchema() };
        var types = operations.Select(operation => (Type: operation.Body, IsAnswer: false)).Concat(operations.Select(operation => (Type: operation.Answer, IsAnswer: true)))
            .Where(one => one.Type is not null).Select(one => (Type: ItemOf(one.Type!), one.IsAnswer)).Distinct();
        foreach (var (type, isAnswer) in types.OrderBy(one => one.Type.Name, StringComparer.Ordinal))
        {
            schemas.Add(type.Name, SchemaOf(type, isAnswer));
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "GraphGateway registry",
                ["version"] = "1",
                ["description"] = "Teams publish the schemas of their services, and gateways run what is composed of them. A key needs a role for the graph and the stage: "
                    + RegistryScope.Form + ".",
            },
            ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "A key of the registry." } },
                ["schemas"] = schemas,
            },
        };
    }

    private static JsonObject Describe(ApiOperation operation)
    {
        var described = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Summary,
            ["description"] = $"Needs a key with the role {string.Join(" or ", operation.Roles.Select(role => role.ToString().ToLowerInvariant()))}.",
            ["parameters"] = new JsonArray([.. Parameters(operation)]),
            ["responses"] = new JsonObject(),
        };
        if (operation.Answer is not null || operation.Nothing is null)
        {
            described["responses"]!["200"] = new JsonObject
            {
                ["description"] = "It is done.",
                ["content"] = operation.Answer is { } answer
                    ? Content("application/json", ReferenceTo(answer))
                    : Content("text/plain", new JsonObject { ["type"] = "string" }),
            };
        }

        if (operation.Nothing is { } nothing)
        {
            described["responses"]!["204"] = new JsonObject { ["description"] = nothing };
        }

        foreach (var status in Statuses(operation))
        {
            described["responses"]![status.Key.ToString(CultureInfo.InvariantCulture)] = new JsonObject
            {
                ["description"] = string.Join(", ", status.Select(ApiProblem.WireOf)),
                ["content"] = Content(ApiProblem.MediaType, new JsonObject { ["$ref"] = Schemas + "Problem" }),
            };
        }

        if (operation.Body is { } body)
        {
            described["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", ReferenceTo(body)) };
        }

        return described;
    }

    private static IEnumerable<IGrouping<int, ApiProblemCode>> Statuses(ApiOperation operation) => Enum.GetValues<ApiProblemCode>()
        .Where(code => code switch
        {
            ApiProblemCode.MethodNotAllowed => false,
            ApiProblemCode.BodyInvalid or ApiProblemCode.BodyTooLarge or ApiProblemCode.MediaTypeUnsupported => operation.Body is not null,
            ApiProblemCode.ChangeRefused => operation.Method != "GET",
            _ => true,
        })
        .GroupBy(ApiProblem.StatusOf)
        .OrderBy(group => group.Key);

    private static IEnumerable<JsonNode> Parameters(ApiOperation operation)
    {
        foreach (Match name in Regex.Matches(operation.Path, @"\{(\w+)\}"))
        {
            yield return new JsonObject
            {
                ["name"] = name.Groups[1].Value,
                ["in"] = "path",
                ["required"] = true,
                ["schema"] = name.Groups[1].Value == "launch"
                    ? new JsonObject { ["type"] = "integer", ["minimum"] = 1 }
                    : new JsonObject { ["type"] = "string", ["maxLength"] = RegistryLimits.NameLength },
            };
        }

        foreach (var parameter in operation.Query)
        {
            yield return new JsonObject
            {
                ["name"] = parameter.Name,
                ["in"] = "query",
                ["description"] = parameter.Summary,
                ["schema"] = parameter.IsNumber ? new JsonObject { ["type"] = "integer", ["minimum"] = 1 } : new JsonObject { ["type"] = "string" },
            };
        }
    }

    private static JsonObject Content(string mediaType, JsonNode schema) => new() { [mediaType] = new JsonObject { ["schema"] = schema } };

    // A list is written where it is used, its items have a name.
    private static Type ItemOf(Type type) => type.IsGenericType ? type.GenericTypeArguments[0] : type;

    private static JsonObject ReferenceTo(Type type)
    {
        var reference = new JsonObject { ["$ref"] = Schemas + ItemOf(type).Name };
        return type.IsGenericType ? new JsonObject { ["type"] = "array", ["items"] = reference } : reference;
    }

    // What comes again in it is referred to from its own root, which is not the document's.
    private static JsonNode SchemaOf(Type type, bool isAnswer)
    {
        var schema = isAnswer ? ApiJson.AnswerOptions.GetJsonSchemaAsNode(type, ExportAnswer) : ApiJson.Options.GetJsonSchemaAsNode(type, Export);
        foreach (var reference in ReferencesIn(schema).ToList())
        {
            reference["$ref"] = $"{Schemas}{type.Name}{((string)reference["$ref"]!)[1..]}";
        }

        return schema;
    }

    private static JsonNode WithoutLeftOut(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is JsonObject schema && schema["required"] is JsonArray required)
        {
            var always = context.TypeInfo.Properties.Where(property => property.IsRequired).Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
            schema["required"] = new JsonArray([.. required.Select(name => (string)name!).Where(always.Contains).Select(name => (JsonNode)name)]);
        }

        return node;
    }

    private static IEnumerable<JsonObject> ReferencesIn(JsonNode? node) => node switch
    {
        JsonObject part => (part["$ref"] is JsonValue ? [part] : Array.Empty<JsonObject>()).Concat(part.SelectMany(member => ReferencesIn(member.Value))),
        JsonArray list => list.SelectMany(ReferencesIn),
        _ => [],
    };

    private static JsonObject ProblemSchema() => new()
    {
        ["type"] = "object",
        ["description"] = "Problem details of RFC 9457. \"code\" tells programs which one it is, \"advice\" what to do.",
        ["required"] = new JsonArray("type", "title", "status", "detail", "code", "advice"),
        ["properties"] = new JsonObject
        {
            ["type"] = Text(),
            ["title"] = Text(),
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = Text(),
            ["code"] = new JsonObject { ["enum"] = new JsonArray([.. Enum.GetValues<ApiProblemCode>().Select(code => (JsonNode)ApiProblem.WireOf(code))]) },
            ["advice"] = Text(),
            ["broken"] = new JsonObject { ["type"] = "array", ["items"] = Text() },
        },
    };

    private static JsonObject Text() => new() { ["type"] = "string" };
}
