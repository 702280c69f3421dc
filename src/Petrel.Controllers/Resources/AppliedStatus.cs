using System.Text;
using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Client.Api;

namespace Petrel.Controllers.Resources;

/// <summary>Writes a status by server-side apply, so that the controller owns what it wrote and no more.</summary>
internal static class AppliedStatus
{
    /// <param name="name">Name of an object without a namespace.</param>
    /// <param name="manager">Owner of the fields; takes them over from others.</param>
    public static async Task ApplyAsync(IApi api, ResourceInfo info, string name, string manager, IApiType status, CancellationToken cancellationToken)
    {
        var kind = info.GroupVersionKind;
        var body = $$"""{"apiVersion":"{{kind.ApiVersion}}","kind":"{{kind.Kind}}","metadata":{"name":"{{JsonEncodedText.Encode(name)}}"},"status":{{Encoding.UTF8.GetString(JsonEncoding.Encode(status))}}}""";
        var path = $"{ApiPath.Of(info, null, name)}/status?fieldManager={Uri.EscapeDataString(manager)}&force=true";
        var answer = await api.SendAsync(new ApiRequest("PATCH", path) { Body = Encoding.UTF8.GetBytes(body), ContentType = "application/apply-patch+yaml" }, cancellationToken);
        TypedApi.ThrowIfError(answer);
    }
}
