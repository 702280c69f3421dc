using Petrel.Api.Core;

namespace Petrel.Client.Events;

/// <summary>What makes two events the same one, seen again.</summary>
internal sealed record EventKey(EventSource Source, ObjectReference InvolvedObject, string Type, string Reason, string Message)
{
    // A changed resourceVersion does not make it another object.
    public static EventKey Of(Event value) =>
        new(value.Source, value.InvolvedObject with { ResourceVersion = "" }, value.Type, value.Reason, value.Message);
}
