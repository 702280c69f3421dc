namespace Petrel.ApiServer.OpenApi.Model;

/// <summary>A path with what can be done there.</summary>
/// <param name="Parameters">What every operation of the path has, in the order of their names.</param>
internal sealed record PathItem(string Path, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Operation> Operations)
{
    /// <summary>Puts operations together: parameters that all of them have become the path's.</summary>
    public static PathItem Of(string path, IReadOnlyList<Parameter> parameters, IReadOnlyList<Operation> operations)
    {
        var common = operations[0].Parameters.Where(parameter => operations.All(operation => operation.Parameters.Contains(parameter))).ToHashSet();
        return new PathItem(
            path,
            Ordered(parameters.Concat(common)),
            [.. operations.Select(operation => operation with { Parameters = Ordered(operation.Parameters.Where(parameter => !common.Contains(parameter))) })]);
    }

    private static Parameter[] Ordered(IEnumerable<Parameter> parameters) =>
        [.. parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal).ThenBy(parameter => parameter.In, StringComparer.Ordinal)];
}
