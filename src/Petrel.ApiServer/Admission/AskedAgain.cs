using Petrel.Api;

namespace Petrel.ApiServer.Admission;

/// <summary>Which webhooks, or policies, of a request have to see the object again in the second round: those that want to, and before which it changed since.</summary>
internal sealed class AskedAgain
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _toAskAgain = new(StringComparer.Ordinal);
    private ApiObject? _left;

    /// <summary>A plugin begins with the object.</summary>
    public void Begin(AdmissionRequest request)
    {
        if (request.Reinvocation.IsSecondRound && !Equals(_left, request.Object))
        {
            // Others changed it since the plugin was done with it.
            ObjectChanged();
        }
    }

    /// <summary>One has been asked that wants to be again when others change the object.</summary>
    public void Asked(string key) => _asked.Add(key);

    /// <summary>The object changed: all that were asked before want to see it.</summary>
    public void ObjectChanged()
    {
        _toAskAgain.UnionWith(_asked);
        _asked.Clear();
    }

    /// <summary>Nobody is asked for the first time in the second round.</summary>
    public bool IsWanted(string key, AdmissionRequest request) => !request.Reinvocation.IsSecondRound || _toAskAgain.Contains(key);

    /// <summary>The plugin is done with the object for this round.</summary>
    public void Leave(ApiObject? value) => _left = value;
}
